// What only those may see and do who run the server.
#include "../../tool.hpp"
#include "server.hpp"
#include "visitor.hpp"
#include "wait.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::test;
using namespace cloudretro::protocol;
using Catch::Contains;
using cloudretro::base::Json;

namespace {

const std::string token = "0123456789abcdef0123456789abcdef";
using Headers = std::vector<std::pair<std::string, std::string>>;
const Headers bearer{{"Authorization", "Bearer " + token}};

Start wish(const std::string& game) {
    Start start;
    start.game = game;
    return start;
}

struct Administered {
    TempDir files;
    Server server;

    explicit Administered(std::vector<std::string> more = {}) : server(with(std::move(more))) {}

    std::vector<std::string> with(std::vector<std::string> more) const {
        more.insert(more.end(), {"--port=0", "--admin-token-file=" + files.write("admin", token + "\n")});
        return more;
    }
    Json view() const { return Json::parse(get(server.address("/api/admin"), bearer).body); }
    unsigned order(const std::string& action, const Json& json) const {
        return post(server.address("/api/admin/" + action), json.dump(), bearer).status;
    }
};

}

TEST_CASE("without a token file there is no administration, and it says how to get it") {
    Server server({"--port=0", "--role=coordinator"});
    const auto answer = get(server.address("/api/admin"), bearer);
    CHECK(answer.status == 404);
    CHECK_THAT(Json::parse(answer.body)["remedy"].get<std::string>(), Contains("--admin-token-file"));
    CHECK(run({"--port=0", "--role=coordinator", "--admin-token-file=/dev/null/none"}).exitCode == 78);
}

TEST_CASE("only the token opens the administration") {
    const Administered here({"--role=coordinator"});
    const auto status = [&](const Headers& headers) {
        return get(here.server.address("/api/admin"), headers).status;
    };
    CHECK(status({}) == 401);
    CHECK(status({{"Authorization", token}}) == 401);
    CHECK(status({{"Authorization", "Bearer "}}) == 401);
    CHECK(status({{"Authorization", "Bearer " + token + "0"}}) == 401);
    CHECK(status(bearer) == 200);
    CHECK(status({{"Authorization", "Bearer " + token}, {"Origin", "http://evil.example"}}) == 403);
    CHECK(post(here.server.address("/api/admin/close"), "{}").status == 401);
    CHECK(here.order("close", {{"room", "none"}}) == 409);
    CHECK(here.order("drain", {{"worker", "none"}, {"on", true}}) == 409);
    CHECK(here.order("close", {{"room", 1}}) == 400);
    CHECK(here.order("none", {}) == 405);
}

TEST_CASE("who guesses tokens is slowed down, others are not") {
    const Administered here({"--role=coordinator"});
    const auto from = [&](const char* address, const std::string& guess) {
        return get(here.server.address("/api/admin"),
            {{"Authorization", "Bearer " + guess}, {"X-Forwarded-For", address}});
    };
    for (int i = 0; i < 10; ++i) CHECK(from("10.0.0.1", "wrong").status == 401);
    const auto slowed = from("10.0.0.1", token);
    CHECK(slowed.status == 429);
    CHECK_FALSE(slowed.header("Retry-After").empty());
    CHECK(from("10.0.0.2", token).status == 200);
}

TEST_CASE("an administrator sees a game that runs, and ends it") {
    const Administered here;
    Visitor visitor(here.server.port());
    visitor.greet();
    visitor.send(wish("demo/Comet Party"));
    const auto joined = visitor.hear<Joined>();
    REQUIRE(joined);
    REQUIRE(visitor.hear<PictureChanged>());

    const auto view = here.view();
    REQUIRE(view["rooms"].size() == 1);
    const auto& room = view["rooms"][0];
    CHECK(room["id"] == joined->room);
    CHECK(room["system"] == "demo");
    CHECK(room["players"][0]["seats"] == Json::array({0}));
    CHECK(room["worker"] == view["workers"][0]["id"]);
    CHECK(view["workers"][0]["players"] == 1);

    const auto metrics = get(here.server.address("/metrics")).body;
    CHECK_THAT(metrics, Contains("cloudretro_rooms{system=\"demo\"} 1\n") &&
                            Contains("cloudretro_players 1\n") &&
                            Contains("cloudretro_game_start_seconds_count 1\n"));
    CHECK(judge({"promtool", "check", "metrics"}, metrics).exitCode == 0);

    CHECK(here.order("message", {{"room", joined->room}, {"text", "to the room"}}) == 200);
    CHECK(visitor.hear<Notice>()->text == "to the room");
    CHECK(here.order("message", {{"room", ""}, {"text", "to all"}}) == 200);
    CHECK(visitor.hear<Notice>()->text == "to all");
    CHECK(here.order("message", {{"room", ""}, {"text", std::string(2001, 'x')}}) == 400);
    CHECK(here.order("message", {{"room", "none"}, {"text", "x"}}) == 409);

    // Somebody looks: now pictures of all rooms are taken, which others still do not get.
    CHECK(until([&] { return !here.view()["rooms"][0]["picture"].get<std::string>().empty(); }));
    const auto picture = here.view()["rooms"][0]["picture"].get<std::string>();
    const auto photo = get(here.server.address(picture), bearer);
    CHECK(photo.header("Content-Type") == "image/jpeg");
    CHECK_THAT(photo.body, Catch::StartsWith("\xff\xd8"));
    CHECK(get(here.server.address(picture)).status == 401);
    CHECK(get(here.server.address("/api/rooms/" + joined->room + "/photo")).status == 404);

    CHECK(here.order("close", {{"room", joined->room}}) == 200);
    CHECK_THAT(visitor.hear<Ended>()->message, Contains("runs this server"));
    CHECK(until([&] { return here.view()["rooms"].empty(); }));
}

TEST_CASE("a worker that is drained finishes its game, takes no other, and may be told not to leave") {
    const Administered here;
    const auto worker = here.view()["workers"][0]["id"];
    Visitor player(here.server.port()), late(here.server.port());
    player.greet();
    late.greet();
    player.send(wish("demo/Comet Party"));
    REQUIRE(player.hear<PictureChanged>());
    const auto drains = [&](bool on) {
        CHECK(here.order("drain", {{"worker", worker}, {"on", on}}) == 200);
        return until([&] { return here.view()["workers"][0]["draining"] == on; });
    };
    CHECK(drains(true));
    late.send(wish("demo/Comet Party"));
    CHECK(late.hearFailure() == "no-capacity");
    CHECK(here.view()["rooms"].size() == 1);
    CHECK(drains(false));
    CHECK(here.view()["workers"][0]["id"] == worker);
}

TEST_CASE("metrics are for programs on this machine, and for who has the token") {
    const TempDir files;
    const Administered here(
        {"--role=coordinator", "--password-file=" + files.write("password", "open sesame")});
    const auto address = here.server.address("/metrics");
    const auto direct = get(address);
    CHECK(direct.status == 200);
    CHECK(direct.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
    CHECK(judge({"promtool", "check", "metrics"}, direct.body).exitCode == 0);
    CHECK(get(address, {{"X-Forwarded-For", "127.0.0.1"}}).status == 401);
    CHECK(
        get(address, {{"X-Forwarded-For", "10.0.0.1"}, {"Authorization", "Bearer " + token}}).status == 200);
}

TEST_CASE("a link as a QR code") {
    Server server({"--port=0", "--role=coordinator"});
    const auto code = get(server.address("/api/qr.svg?text=https%3A%2F%2Fexample.org%2Froom%2Fx"));
    CHECK(code.status == 200);
    CHECK(code.header("Content-Type") == "image/svg+xml");
    const auto png = judge({"rsvg-convert", "--zoom=6"}, code.body).out;
    CHECK(judge({"zbarimg", "--quiet", "--nodbus", "--raw", "-Sbinary", "-"}, png).out ==
          "https://example.org/room/x");
    for (const auto& query : {std::string(), std::string("?text="), "?text=" + std::string(301, 'x')}) {
        const auto refused = get(server.address("/api/qr.svg" + query));
        CHECK(refused.status == 400);
        CHECK_THAT(refused.body, Contains("1 to 300 bytes"));
    }
}
