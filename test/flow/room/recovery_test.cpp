// Emulators that die in the middle of a game: the same connections see it go on.
#include "room_under_test.hpp"
#include "slowness.hpp"

#include <algorithm>
#include <csignal>
#include <iostream>
#include <random>
#include <vector>

using namespace cloudretro;
using namespace cloudretro::test;

namespace {

constexpr std::uint32_t interval = 60;  // frames from one snapshot to the next
constexpr std::uint32_t tolerance = 45; // of a busy machine

// Waits until another emulator shows other pictures than the one that is gone.
bool goesOn(const RoomUnderTest& room, const Viewer& viewer, int before) {
    int changes = 0;
    std::uint32_t seen = viewer.count();
    return waitFor([&] {
        const int now = room.emulatorPid();
        const auto count = viewer.count();
        if (now && now != before && count != seen) ++changes;
        seen = count;
        return changes > 40;
    });
}

void report(const char* what, std::vector<double>& gaps) {
    std::sort(gaps.begin(), gaps.end());
    std::cout << what << ", longest time without a new picture: p50 " << gaps[gaps.size() / 2] << " ms, most "
              << gaps.back() << " ms\n";
}

// Ends the emulator by `signal` once and again, and returns how long (ms) the picture stood still each time.
std::vector<double> gapsAfter(int signal, int times) {
    RoomUnderTest room;
    Viewer viewer("VP8");
    room.open(nestopia, game("nes/counter.nes"));
    room.add("player", viewer, "VP8", 0);
    REQUIRE(waitFor([&] { return viewer.count() > 120; }));
    std::mt19937 random(Catch::rngSeed());
    std::vector<double> gaps;
    for (int i = 0; i < times; ++i) {
        const auto more = 60 + random() % 90; // at least one snapshot since the last time
        const auto wanted = viewer.count() + more;
        REQUIRE(waitFor([&] { return viewer.count() > wanted; }));
        const int pid = room.emulatorPid();
        viewer.forget();
        REQUIRE(::kill(pid, signal) == 0);
        REQUIRE(goesOn(room, viewer, pid));
        gaps.push_back(double(viewer.longestStill()) / 1e6);
        CHECK(viewer.farthestBack() <= interval + tolerance);
        REQUIRE_FALSE(room.closed);
        REQUIRE_FALSE(room.gone);
    }
    return gaps;
}

}

TEST_CASE("an emulator that is killed is replaced: the same peer sees frames again within a second") {
    auto gaps = gapsAfter(SIGKILL, 8);
    report("killed", gaps);
    CHECK(gaps[gaps.size() / 2] < 1000 * slowness);
    CHECK(gaps.back() < 3000 * slowness); // one may meet a busy moment
}

TEST_CASE("an emulator that hangs is replaced: frames again within two seconds") {
    auto gaps = gapsAfter(SIGSTOP, 2); // three would be too many within a minute
    report("stopped", gaps);
    CHECK(gaps.front() > 1000);        // it is given a chance
    CHECK(gaps.front() < 2000 + 1500); // as above
}

TEST_CASE("players keep their buttons through a crash") {
    RoomUnderTest room;
    Viewer viewer("VP8");
    room.open(nestopia, game("nes/flash.nes"));
    room.add("player", viewer, "VP8", 0);
    REQUIRE(waitFor([&] { return viewer.channelOpen() && viewer.frames() > 90; }));
    viewer.press(a);
    REQUIRE(waitFor([&] { return viewer.brightness() > 180; }));
    const int pid = room.emulatorPid();
    ::kill(pid, SIGKILL);
    REQUIRE(waitFor([&] { return room.emulatorPid() && room.emulatorPid() != pid; }));
    const int seen = viewer.frames();
    REQUIRE(waitFor([&] { return viewer.frames() > seen + 60; }));
    CHECK(viewer.brightness() > 180);
    viewer.press(0);
    CHECK(waitFor([&] { return viewer.brightness() < 60; }));
}

TEST_CASE("a paused game survives the end of its emulator") {
    RoomUnderTest room;
    Viewer viewer("VP8");
    room.open(nestopia, game("nes/counter.nes"));
    room.add("player", viewer, "VP8", 0);
    REQUIRE(waitFor([&] { return viewer.count() > 90; }));
    room.send(protocol::RoomCommand{"room", "pause"});
    auto count = viewer.count();
    int frames = viewer.frames();
    REQUIRE(waitFor([&] { // three still pictures, one every half second
        if (viewer.count() != count) {
            count = viewer.count();
            frames = viewer.frames();
        }
        return viewer.frames() > frames + 3;
    }));
    const int pid = room.emulatorPid();
    ::kill(pid, SIGKILL);
    REQUIRE(waitFor([&] { return room.emulatorPid() && room.emulatorPid() != pid; }));
    const int seen = viewer.frames();
    REQUIRE(waitFor([&] { return viewer.frames() > seen + 4; })); // longer than a core may keep silent
    CHECK(viewer.count() == count);
    viewer.forget();
    room.send(protocol::RoomCommand{"room", "resume"});
    CHECK(waitFor([&] { return viewer.count() > count + 30; }));
    CHECK(viewer.farthestBack() <= 1); // the pause itself took a snapshot
    CHECK_FALSE(room.closed);
}

TEST_CASE("a core that crashes three times within a minute is named, and the room closes") {
    RoomUnderTest room;
    room.open(testcard, game("testcard/crash.card"));
    room.send(protocol::AddPeer{"room", "somebody", {"VP8"}, {0}, {}});
    REQUIRE(waitFor([&] { return room.closed && room.exit_; }));
    CHECK(room.closed->trouble.code == "core-crashed");
    CHECK(room.closed->trouble.message.find("Testcard") != std::string::npos);
    CHECK(room.closed->trouble.message.find("three times") != std::string::npos);
}
