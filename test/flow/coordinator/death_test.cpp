// Processes that end: by a signal in good order, or killed outright.
#include "server.hpp"
#include "visitor.hpp"
#include "wait.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>

using namespace cloudretro::test;
using namespace cloudretro::protocol;

namespace {

// A server with a game in play and a warm spare: every kind of process.
struct Playing {
    Server server{{"--port=0"}};
    Visitor visitor{server.port()};

    Playing() {
        visitor.greet();
        start();
        REQUIRE(until([&] { return server.processesOf("room").size() == 2; }));
        REQUIRE(server.processesOf("worker").size() == 1);
        REQUIRE_FALSE(server.processesOf("emulator").empty());
    }
    void start() {
        visitor.send(cloudretro::test::start(demoGame(server)));
        REQUIRE(visitor.hear<Offer>());
    }
};

bool allGone(const std::vector<int>& pids) { return std::none_of(pids.begin(), pids.end(), isAlive); }

}

TEST_CASE("a signal ends everything within two seconds while a game runs") {
    const int signal = GENERATE(SIGTERM, SIGINT);
    Playing playing;
    const auto family = playing.server.family();
    CHECK(family.size() >= 5);
    const auto start = std::chrono::steady_clock::now();
    playing.server.signal(signal);
    CHECK(until([&] { return playing.server.ended() && allGone(family); }));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
}

TEST_CASE("a killed server leaves no process behind") {
    Playing playing;
    const auto family = playing.server.family();
    playing.server.signal(SIGKILL);
    CHECK(until([&] { return allGone(family); }));
}

TEST_CASE("a killed worker takes its processes along, and its game goes on in those of another one") {
    Playing playing;
    auto family = playing.server.family();
    std::erase(family, playing.server.pid());
    ::kill(playing.server.processesOf("worker").front(), SIGKILL);
    CHECK(until([&] { return allGone(family); }));
    REQUIRE(playing.visitor.hear<Offer>());
    CHECK(getJson(playing.server.address("/healthz"))["rooms"] == 1);
    playing.start();
}

TEST_CASE("a game whose process is killed goes on in another; the next game starts, too") {
    Playing playing;
    playing.visitor.send(SetRoom{false, true, false});
    REQUIRE(until([&] { // it runs: one that never did would end
        return getJson(playing.server.address("/api/rooms")).size() == 1;
    }));
    const auto rooms = playing.server.processesOf("room");
    ::kill(rooms.front(), SIGKILL); // the elder: the spare came later
    CHECK(until([&] {
        const auto now = playing.server.processesOf("room");
        return now.size() == 2 && now.front() == rooms.back();
    }));
    CHECK(getJson(playing.server.address("/healthz"))["rooms"] == 1);
    playing.start();
}
