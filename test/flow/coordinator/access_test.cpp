// The password that guards the whole server.
#include "server.hpp"
#include "visitor.hpp"
#include "wait.hpp"

#include <catch2/catch.hpp>

#include <regex>

using namespace cloudretro::test;
using Catch::Contains;

namespace {

using Strings = std::vector<std::string>;

struct Guarded {
    TempDir files;
    Server server;

    explicit Guarded(Strings arguments = {"--role=coordinator"})
        : server(with(std::move(arguments), files.write("password", "open sesame\n"))) {}

    static Strings with(Strings arguments, const std::string& file) {
        arguments.insert(arguments.end(), {"--port=0", "--password-file=" + file});
        return arguments;
    }
    Reply logIn(const std::string& password,
        const std::vector<std::pair<std::string, std::string>>& headers = {}) const {
        return post(server.address("/login"), cloudretro::base::dumpJson({{"password", password}}), headers);
    }
    // What a browser sends back of it.
    std::string cookie() const {
        const auto set = logIn("open sesame").header("Set-Cookie");
        return set.substr(0, set.find(';'));
    }
};

// Every path that the page or module at `path` makes a browser load.
std::vector<std::string> partsOf(const std::string& path, const std::string& text) {
    static const std::regex reference(R"re((?:href|src)="(/[^"]+)"|(?:from|import) '(\.[^']+)')re");
    std::vector<std::string> parts;
    for (std::sregex_iterator it(text.begin(), text.end(), reference), end; it != end; ++it) {
        const auto relative = std::filesystem::path(path).parent_path() / (*it)[2].str();
        parts.push_back((*it)[1].matched ? (*it)[1].str() : relative.lexically_normal().string());
    }
    return parts;
}

}

TEST_CASE("who has not given the password sees the page that asks for it, and nothing else") {
    const Guarded guarded;
    const auto& server = guarded.server;
    for (const auto* path : {"/", "/room/abc", "/admin", "/index.html", "/js/main.js", "/none", "/login"}) {
        CAPTURE(path);
        const auto page = get(server.address(path));
        CHECK(page.status == 401);
        CHECK_THAT(page.body, Contains("id=\"login\""));
        CHECK(page.header("Cache-Control") == "no-store");
        CHECK_THAT(page.header("Content-Security-Policy"), Contains("default-src 'self'"));
    }
    for (const auto* path : {"/api/games", "/api/status", "/api/none", "/api/qr.svg?text=x"}) {
        CAPTURE(path);
        const auto refused = get(server.address(path));
        CHECK(refused.status == 401);
        CHECK(cloudretro::base::Json::parse(refused.body)["code"] == "password");
    }
    CHECK(get(server.address("/healthz")).status == 200);
    CHECK(Visitor(server.port()).status() == 401);
    CHECK(Visitor(server.port(), "", "/worker").status() == 101);
    CHECK(Visitor(server.port(), "http://127.0.0.1:" + std::to_string(server.port()), "/ws",
              "cloudretro=9999999999." + std::string(64, '0'))
              .status() == 401);
}

TEST_CASE("all that the page needs which asks for the password comes without it") {
    const Guarded guarded;
    auto open = partsOf("/", get(guarded.server.address("/")).body);
    CHECK(open.size() == 5);
    for (std::size_t i = 0; i < open.size(); ++i) {
        CAPTURE(open[i]);
        const auto part = get(guarded.server.address(open[i]));
        CHECK(part.status == 200);
        for (auto& more : partsOf(open[i], part.body)) open.push_back(more);
    }
    CHECK(std::count(open.begin(), open.end(), "/js/search.js") == 1);
}

TEST_CASE("the password opens pages, library and sockets") {
    const Guarded guarded;
    const auto& server = guarded.server;
    const auto wrong = guarded.logIn("open");
    CHECK(wrong.status == 401);
    CHECK(wrong.header("Set-Cookie").empty());

    const auto right = guarded.logIn("open sesame");
    CHECK(right.status == 204);
    CHECK_THAT(right.header("Set-Cookie"),
        Contains("HttpOnly") && Contains("SameSite=Strict") && !Contains("Secure"));
    CHECK_THAT(guarded.logIn("open sesame", {{"X-Forwarded-Proto", "https"}}).header("Set-Cookie"),
        Contains("; Secure"));

    const auto cookie = guarded.cookie();
    CHECK_THAT(get(server.address("/"), {{"Cookie", cookie}}).body, Contains("id=\"library\""));
    CHECK(get(server.address("/api/games"), {{"Cookie", cookie}}).status == 200);
    CHECK(get(server.address("/login"), {{"Cookie", cookie}}).header("Location") == "/");
    const auto origin = "http://127.0.0.1:" + std::to_string(server.port());
    CHECK(Visitor(server.port(), origin, "/ws", cookie).status() == 101);
    CHECK(Visitor(server.port(), "http://evil.example", "/ws", cookie).status() == 403);
}

TEST_CASE("other sites, and what is no JSON, cannot log anybody in") {
    const Guarded guarded;
    const auto& server = guarded.server;
    CHECK(guarded.logIn("open sesame", {{"Origin", "http://evil.example"}}).status == 403);
    CHECK(guarded.logIn("open sesame", {{"Origin", server.address("")}}).status == 204);
    for (const auto* text : {"", "password=open+sesame", "{\"password\":1}", "[]", "{"})
        CHECK(post(server.address("/login"), text).status == 400);
    CHECK(post(server.address("/api/games"), "{}").status == 405);
    CHECK(post(server.address("/login"), std::string(65 * 1024, 'x')).status == 413);
}

TEST_CASE("guessing is slowed down, for the one who guesses") {
    const Guarded guarded;
    const std::string other = "10.0.0.2", guesser = "10.0.0.1"; // as a proxy on this machine tells
    const auto from = [&](const std::string& address, const char* password) {
        return guarded.logIn(
            password, {{"X-Forwarded-For", address}, {"Origin", guarded.server.address("")}});
    };
    for (int i = 0; i < 10; ++i) CHECK(from(guesser, "wrong").status == 401);
    const auto slowed = from(guesser, "open sesame");
    CHECK(slowed.status == 429);
    CHECK(slowed.header("Set-Cookie").empty());
    const auto wait = std::stoi(slowed.header("Retry-After"));
    CHECK((wait > 0 && wait <= 10));
    CHECK_THAT(cloudretro::base::Json::parse(slowed.body)["remedy"].get<std::string>(),
        Contains("Try again in " + std::to_string(wait) + " second"));
    CHECK(from(other, "open sesame").status == 204);
}

TEST_CASE("a cookie outlives the server, but not the password") {
    const TempDir data;
    std::string cookie;
    const auto statusWith = [&](const char* password, bool takeCookie = false) {
        Server server({"--port=0", "--role=coordinator", "--data-dir=" + data.path.string(),
            "--password=" + std::string(password)});
        if (takeCookie) {
            const auto set = post(server.address("/login"),
                cloudretro::base::dumpJson({{"password",
                    password}})).header("Set-Cookie");
            cookie = set.substr(0, set.find(';'));
        }
        return get(server.address("/"), {{"Cookie", cookie}}).status;
    };
    CHECK(statusWith("open sesame", true) == 200);
    CHECK(statusWith("open sesame") == 200);
    CHECK(statusWith("shut sesame") == 401);
}

TEST_CASE("a password that anybody could guess is refused at the start") {
    const TempDir files;
    for (const auto& flag : {"--password=short", "--password-file=/dev/null/none"}) {
        const auto result = run({"--port=0", "--role=coordinator", flag});
        CHECK(result.exitCode == 78);
        CHECK_THAT(result.err, Contains("--password"));
    }
    const auto twice = run({"--check-config", "--password=open sesame",
        "--password-file=" + files.write("password", "open sesame")});
    CHECK(twice.exitCode == 78);
    CHECK_THAT(twice.err, Contains("two passwords"));
}

TEST_CASE("no process that runs games knows the password") {
    const Guarded guarded({"--role=all"});
    const auto children = guarded.server.family();
    CHECK(children.size() > 1);
    ::setenv("CLOUDRETRO_PASSWORD", "open sesame", 1);
    Server server({"--port=0"});
    ::unsetenv("CLOUDRETRO_PASSWORD");
    CHECK(get(server.address("/")).status == 401);
    for (const int pid : server.family()) {
        if (pid == server.pid()) continue;
        std::ifstream file("/proc/" + std::to_string(pid) + "/environ");
        CHECK_THAT((std::string{std::istreambuf_iterator<char>(file), {}}), !Contains("CLOUDRETRO_PASSWORD"));
    }
}
