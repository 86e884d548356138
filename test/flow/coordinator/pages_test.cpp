// The default role as a browser's address bar sees it.
#include "server.hpp"
#include "wait.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <regex>

using namespace cloudretro::test;

TEST_CASE("one command serves pages, library and health, and says so in one line") {
    Server server({"--port=0"});
    CHECK(std::regex_match(server.readyLine(),
        std::regex(
            R"(Cloudretro is ready: http://localhost:\d+(  \(on your network: http://[0-9.]+:\d+\))?)")));

    const auto health = getJson(server.address("/healthz"));
    CHECK(health["status"] == "ok");
    CHECK(health["workers"] == 1);
    CHECK(health["rooms"] == 0);

    const auto games = getJson(server.address("/api/games"));
    REQUIRE(games.is_array());
    const auto demo =
        std::find_if(games.begin(), games.end(), [](const auto& g) { return g["system"] == "demo"; });
    REQUIRE(demo != games.end());
    CHECK((*demo)["playable"] == true);

    for (const auto* path : {"/", "/play/nes/flash", "/room/abc", "/game/nes/A%20%22game%22"}) {
        const auto page = get(server.address(path));
        CHECK(page.status == 200);
        CHECK(page.header("Content-Type") == "text/html; charset=utf-8");
        CHECK_THAT(page.header("Content-Security-Policy"), Catch::Contains("default-src 'self'"));
        CHECK(page.header("X-Content-Type-Options") == "nosniff");
        CHECK(page.header("Referrer-Policy") == "no-referrer");
    }
    CHECK(get(server.address("/js/main.js")).header("Content-Type") == "text/javascript; charset=utf-8");

    const auto tag = get(server.address("/")).header("ETag");
    CHECK(get(server.address("/"), {{"If-None-Match", tag}}).status == 304);
    CHECK(get(server.address("/"), {{"If-None-Match", "\"other\""}}).status == 200);

    server.signal(SIGTERM);
    CHECK(server.moreOutput().empty());
}

TEST_CASE("what does not exist is not found, what is not allowed is refused") {
    Server server({"--port=0"});
    for (const auto* path :
        {"/none", "/js/", "/js/none.js", "/%2e%2e/%2e%2e/etc/passwd", "/play", "/ws/x", "/worker/x"}) {
        CAPTURE(path);
        CHECK(get(server.address(path)).status == 404);
    }
    for (const auto* path : {"/..%2f..%2fetc/passwd", "/js/%00"})
        CHECK(get(server.address(path)).status == 400);
    CHECK(get(server.address("/api/none")).header("Content-Type") == "application/json");
    CHECK(get(server.address("/"), {}, "POST").status == 405);
    CHECK(get(server.address("/api/games"), {}, "DELETE").status == 405);
    CHECK(get(server.address("/ws")).status == 426);
    CHECK(get(server.address("/"), {}, "HEAD").status == 200);
    CHECK(get(server.address("/healthz")).status == 200);
}

TEST_CASE("a game that is copied into the games folder appears, whatever its name") {
    Server server({"--port=0"});
    const auto games = server.home.path / "cloudretro" / "games";
    CHECK(std::filesystem::exists(games / "README.txt"));
    std::filesystem::create_directories(games / "famicom");
    std::ofstream(games / "famicom" / "My \"Game\" \xc3\xbc #1.nes") << "x";
    CHECK(until([&] {
        const auto all = getJson(server.address("/api/games"));
        return std::any_of(
            all.begin(), all.end(), [](const auto& g) { return g["id"] == "nes/My \"Game\" \xc3\xbc #1"; });
    }));
}

TEST_CASE("the web client can be served from a folder") {
    const TempDir web;
    web.write("index.html", "mine");
    Server server({"--port=0", "--webroot", web.path.string()});
    CHECK(get(server.address("/room/x")).body == "mine");
    CHECK(get(server.address("/js/main.js")).status == 404);
}
