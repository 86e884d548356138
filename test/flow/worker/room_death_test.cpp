// Processes of rooms that end in the middle of a game: the room goes on in another.
#include "hosting.hpp"
#include "slowness.hpp"

#include <chrono>
#include <csignal>
#include <iostream>

using namespace cloudretro;
using namespace cloudretro::test;
using namespace cloudretro::protocol;

namespace {

constexpr std::uint32_t second = 60;    // frames
constexpr std::uint32_t tolerance = 45; // of a busy machine
const auto counter = builtGames + "nes/counter.nes";

// Once the room has saved again: ends its process, brings the viewer back as a coordinator does, and gives
// the time (ms) until it sees the game go on.
double restart(Hosting& hosting, int signal) {
    const auto before = hosting.coordinator.count<RoomRestarted>();
    const auto states = hosting.coordinator.uploadsOf("state");
    REQUIRE(until([&] { return hosting.coordinator.uploadsOf("state") > states; }));
    const auto saved = hosting.viewer->count();
    hosting.play(second / 2);
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(::kill(hosting.roomPid(), signal) == 0);
    REQUIRE(until([&] { return hosting.coordinator.count<RoomRestarted>() == before + 1; }));
    hosting.connect("peer" + std::to_string(before));
    REQUIRE(until([&] { return hosting.viewer->count() > 0; }));
    const auto time = std::chrono::steady_clock::now() - start;
    CHECK(hosting.viewer->count() + tolerance > saved);
    return std::chrono::duration<double, std::milli>(time).count();
}

}

TEST_CASE("a room whose process is killed goes on in another from what it had written, again and again") {
    Hosting hosting;
    hosting.open("nestopia", counter);
    std::vector<double> times;
    for (int i = 0; i < 5; ++i) {
        times.push_back(restart(hosting, SIGKILL));
        REQUIRE(hosting.coordinator.count<RoomClosed>() == 0);
    }
    std::ranges::sort(times);
    std::cout << "room killed, time until the game is seen to go on: p50 " << times[times.size() / 2]
              << " ms, most " << times.back() << " ms\n";
    CHECK(times[times.size() / 2] < 2000 * slowness);
}

TEST_CASE("a room whose process crashes three times within a minute closes, and names the core") {
    Hosting hosting;
    hosting.open("nestopia", counter);
    for (int i = 0; i < 2; ++i) restart(hosting, SIGSEGV);
    hosting.play(2 * second);
    ::kill(hosting.roomPid(), SIGSEGV);
    REQUIRE(until([&] { return hosting.coordinator.count<RoomClosed>() == 1; }));
    const auto trouble = hosting.coordinator.all<RoomClosed>().front().trouble;
    CHECK(trouble.code == "room-crashed");
    CHECK(trouble.message.find("Nestopia") != std::string::npos);
}

TEST_CASE("who waits for a save while the room's process dies is told") {
    Hosting hosting;
    hosting.open("nestopia", counter);
    hosting.play(2 * second);
    const int pid = hosting.roomPid();
    ::kill(pid, SIGSTOP);
    hosting.coordinator.send(SaveRoom{"room", 4});
    hosting.coordinator.send(LoadRoom{"room", 5, {}});
    hosting.coordinator.send(Ping{1});
    REQUIRE(until([&] { return hosting.coordinator.count<Pong>() == 1; })); // they have arrived
    ::kill(pid, SIGKILL);
    REQUIRE(until([&] {
        return hosting.coordinator.count<RoomNotSaved>() == 1 && hosting.coordinator.count<RoomLoaded>() == 1;
    }));
    CHECK(hosting.coordinator.all<RoomNotSaved>().front().request == 4);
    CHECK(hosting.coordinator.all<RoomLoaded>().front().trouble.code == "room-crashed");
}
