// What a browser or a worker may not do.
#include "server.hpp"
#include "visitor.hpp"
#include "wait.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::test;
using namespace cloudretro::protocol;

TEST_CASE("only pages of this site, and programs on this machine, may connect") {
    Server server({"--port=0", "--role=coordinator"});
    const auto port = std::to_string(server.port());
    CHECK(Visitor(server.port()).status() == 101);
    CHECK(Visitor(server.port(), "").status() == 101);
    const std::vector<std::string> strangers{
        "http://evil.example", "http://127.0.0.1:1", "http://localhost:" + port, "null", "http://127.0.0.1"};
    for (const auto& origin : strangers) {
        CAPTURE(origin);
        CHECK(Visitor(server.port(), origin).status() == 403);
    }
}

TEST_CASE("who breaks the rules of /ws is told so and disconnected") {
    Server server({"--port=0", "--role=coordinator"});
    const auto rejects = [&](const std::string& text, bool greeted = true) {
        Visitor visitor(server.port());
        if (greeted) visitor.greet();
        visitor.say(text);
        const auto code = visitor.hearFailure();
        CHECK(until([&] { return visitor.closed(); }));
        return code;
    };
    CHECK(rejects("this is no JSON") == "bad-message");
    CHECK(rejects(R"({"type":"unknown"})") == "bad-message");
    CHECK(rejects(R"({"type":"start","game":1})") == "bad-message");
    CHECK(rejects(R"({"type":"hello","version":3})") == "bad-message"); // once is enough
    CHECK(rejects(R"({"type":"answer","peer":"x","sdp":"no sdp"})") == "bad-message");
    CHECK(rejects(R"({"type":"candidate","peer":"x","line":0,"candidate":"a\nb"})") == "bad-message");
    CHECK(rejects(R"({"type":"start","game":"demo/x"})", false) == "bad-message");
    CHECK(rejects(R"({"type":"hello","version":0})", false) == "version");
}

TEST_CASE("an oversized message ends the connection") {
    Server server({"--port=0", "--role=coordinator"});
    Visitor visitor(server.port());
    visitor.greet();
    visitor.say(std::string(65 * 1024, 'x'));
    CHECK(until([&] { return visitor.closed(); }));
}

TEST_CASE("too many messages end the connection, many do not") {
    Server server({"--port=0", "--role=coordinator"});
    Visitor patient(server.port());
    patient.greet();
    for (int i = 0; i < 150; ++i) patient.send(Leave{});
    patient.send(Join{"none", ""});
    CHECK(patient.hearFailure() == "unknown-room");
    Visitor hasty(server.port());
    hasty.greet();
    for (int i = 0; i < 5000; ++i) hasty.send(Leave{});
    CHECK(hasty.hearFailure() == "bad-message");
    CHECK(until([&] { return hasty.closed(); }));
}

TEST_CASE("a worker that does not know the secret is turned away unheard") {
    Server server({"--port=0", "--role=coordinator"});
    for (const auto* token : {"", "wrong", "0123456789abcdef0123456789abcdef"}) {
        Visitor worker(server.port(), "", "/worker");
        worker.send(Register{version, token, "id", "evil", {"cloudretro_demo"}, {}});
        worker.send(Status{0, 0, 0, 100, false});
        CHECK(until([&] { return worker.closed(); }));
    }
    Visitor silent(server.port(), "", "/worker");
    silent.send(Status{0, 0, 0, 100, false});
    CHECK(until([&] { return silent.closed(); }));
    CHECK(getJson(server.address("/healthz"))["workers"] == 0);
}

TEST_CASE("without a worker a game cannot start, and the player reads why") {
    Server server({"--port=0", "--role=coordinator"});
    Visitor visitor(server.port());
    visitor.greet();
    visitor.send(start("nes/none"));
    CHECK(visitor.hearFailure() == "unknown-game");
    const auto game = getJson(server.address("/api/games"))[0];
    CHECK(game["playable"] == false);
    visitor.send(start(game["id"]));
    CHECK(visitor.hearFailure() == "no-worker");
}
