// What an emulator hands over so that its game can go on elsewhere.
#include "emulator/control.hpp"
#include "emulator_process.hpp"
#include "games.hpp"
#include "test_card.hpp"

#include <catch2/catch.hpp>
#include <libretro.h>

#include <csignal>

using namespace cloudretro;
using namespace cloudretro::test;

namespace {

constexpr Buttons b = 1 << RETRO_DEVICE_ID_JOYPAD_B;

// The count in save memory that the test card shows.
unsigned countOn(const Picture& picture) {
    return 4 * (cell(picture, 29) == white) + 2 * (cell(picture, 30) == white) + (cell(picture, 31) == white);
}

}

TEST_CASE("a game goes on exactly where its snapshot was taken, in another process") {
    EmulatorProcess first(testCard("plain"));
    const auto state = first.awaitKept(ipc::Kept::State);
    CHECK(state.header.frame > 0);
    first.kill(SIGKILL);

    EmulatorProcess second;
    second.give(state.bytes);
    auto load = testCard("plain");
    load.stateBytes = int(state.bytes.size());
    second.send(load);
    second.await([&] { return !second.frames.empty(); });
    CHECK(second.loaded->restored);
    CHECK(frameNumber(second.picture) - state.header.frame < second.frames.back().sequence);
}

TEST_CASE("a state that the core refuses is said to be refused, and the game begins") {
    EmulatorProcess emulator;
    emulator.give(std::vector<std::byte>(3));
    auto load = testCard("plain");
    load.stateBytes = 3;
    emulator.send(load);
    emulator.awaitFrames(3);
    CHECK_FALSE(emulator.loaded->restored);
}

TEST_CASE("save memory is handed over within two seconds of the last write, and given back before the first "
          "frame") {
    EmulatorProcess first(testCard("plain"));
    first.awaitFrames(10);
    first.press(0, b);
    first.awaitFrames(5);
    first.press(0, 0);
    first.awaitFrames(5);
    first.press(0, b);
    first.awaitFrames(5);
    const auto written = emulator::now();
    const auto sram = first.awaitKept(ipc::Kept::Sram);
    CHECK(emulator::now() - written < 2'000'000'000);
    CHECK(sram.bytes.size() == 64);
    CHECK(sram.bytes[0] == std::byte{2});

    EmulatorProcess second;
    second.give(sram.bytes);
    auto load = testCard("plain");
    load.sramBytes = int(sram.bytes.size());
    second.send(load);
    second.await([&] { return !second.frames.empty(); });
    CHECK(countOn(second.picture) == 2);
    second.awaitKept(ipc::Kept::State);
    for (const auto& keepsake : second.kept)
        CHECK(keepsake.header.kind == ipc::Kept::State); // what was given is not news
}

TEST_CASE(
    "a snapshot comes when it is asked for, with save memory before it, even while the game is paused") {
    EmulatorProcess emulator(testCard("plain"));
    emulator.awaitFrames(10);
    emulator.press(0, b);
    emulator.awaitFrames(5);
    if (GENERATE(false, true)) emulator.send(protocol::Pause{});
    for (int request = 1; request <= 5; ++request) emulator.send(protocol::TakeSnapshot{request});
    emulator.awaitKept(ipc::Kept::State, 5);
    std::uint32_t next = 1;
    for (const auto& keepsake : emulator.kept)
        if (keepsake.header.request) CHECK(keepsake.header.request == next++);
    CHECK(next == 6);
    emulator.awaitKept(ipc::Kept::Sram);
}

TEST_CASE("a pause hands over the newest state") {
    EmulatorProcess emulator(testCard("plain"));
    emulator.awaitFrames(10);
    emulator.send(protocol::Pause{});
    const auto& state = emulator.awaitKept(ipc::Kept::State);
    CHECK(state.header.frame == emulator.frames.back().sequence);
}

TEST_CASE("a core without states says so, and its save memory is kept nevertheless") {
    EmulatorProcess emulator(testCard("no-states"));
    emulator.awaitFrames(10);
    emulator.send(protocol::TakeSnapshot{7});
    emulator.await([&] { return !emulator.snapshotsFailed.empty(); });
    CHECK(emulator.snapshotsFailed.front().request == 7);
    emulator.press(0, b);
    emulator.awaitKept(ipc::Kept::Sram);
}

TEST_CASE("a state is loaded into the running game") {
    EmulatorProcess emulator(testCard("plain"));
    const auto state = emulator.awaitKept(ipc::Kept::State);
    emulator.awaitFrames(60);
    emulator.give(state.bytes);
    const auto before = frameNumber(emulator.picture);
    emulator.send(protocol::LoadState{3, int(state.bytes.size())});
    emulator.await([&] { return !emulator.statesLoaded.empty(); });
    CHECK(emulator.statesLoaded.front().request == 3);
    CHECK(emulator.statesLoaded.front().good);
    emulator.await([&] { return frameNumber(emulator.picture) < before; });

    emulator.send(protocol::LoadState{4, 2});
    emulator.await([&] { return emulator.statesLoaded.size() == 2; });
    CHECK_FALSE(emulator.statesLoaded.back().good);
    emulator.send(protocol::LoadState{5, -1});
    emulator.await([&] { return emulator.statesLoaded.size() == 3; });
    CHECK_FALSE(emulator.statesLoaded.back().good);
}
