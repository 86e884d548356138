// Frames that input corrects before the next is due, and pictures that are ahead of the game.
#include "emulator_process.hpp"
#include "games.hpp"
#include "pressing.hpp"
#include "test_card.hpp"

#include <catch2/catch.hpp>
#include <libretro.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <random>

using namespace cloudretro;
using namespace cloudretro::test;

namespace {

constexpr Buttons b = 1 << RETRO_DEVICE_ID_JOYPAD_B;

// Holds A and lets it go, right after a frame, until that corrects one: on a busy machine the next frame is
// due too soon now and then. Leaves the corrected picture.
void correctOne(EmulatorProcess& emulator, unsigned seat = 0) {
    for (int i = 0; i < 300; ++i) {
        emulator.press(seat, i % 2 ? 0 : a);
        emulator.awaitFrames(1);
        if (emulator.picture.header.corrected) return;
    }
    FAIL("no frame was corrected");
}

unsigned frameOf(const Keepsake& state) {
    unsigned frame = 0;
    std::memcpy(&frame, state.bytes.data(), sizeof frame);
    return frame;
}

}

TEST_CASE("a press between two frames corrects the one before at once, and the game goes on from there") {
    EmulatorProcess emulator(testCard("plain"));
    emulator.awaitFrames(trials);
    correctOne(emulator);
    const auto& last = *(emulator.frames.end() - 1);
    const auto& before = *(emulator.frames.end() - 2);
    REQUIRE(last.sequence == before.sequence + 1);
    CHECK(last.applied[0] == before.applied[0] + 1);
    CHECK(last.timestamp > before.timestamp);
    CHECK(last.timestamp < before.timestamp + 16'700'000);
    CHECK(last.audioWritten == before.audioWritten);
    const auto number = frameNumber(emulator.picture);
    const auto lit = lamp(emulator.picture, 0);
    emulator.awaitFrames(1);
    CHECK(frameNumber(emulator.picture) == number + 1);
    CHECK(lamp(emulator.picture, 0) == lit);
    CHECK(emulator.frames.back().timestamp - before.timestamp == Approx(1e9 / 60).margin(1));
}

TEST_CASE(
    "while buttons are pressed at any moment, pictures neither skip nor go back, and time goes on evenly") {
    EmulatorProcess emulator(testCard("plain"));
    emulator.awaitFrames(trials);
    std::vector<std::pair<ipc::FrameHeader, unsigned>> seen;
    emulator.onPicture = [&](const Picture& p) { seen.emplace_back(p.header, frameNumber(p)); };
    storm(emulator, 300);
    std::uint64_t corrected = 0;
    for (std::size_t i = 1; i < seen.size(); ++i) {
        const auto& [header, number] = seen[i];
        corrected += header.corrected;
        if (header.sequence != seen[i - 1].first.sequence + 1) continue; // this test was late
        CHECK(number == seen[i - 1].second + (header.corrected ? 0 : 1));
    }
    CHECK(corrected > 20);
}

TEST_CASE("a press counts once, however short it is, also in save memory that is in no state") {
    EmulatorProcess emulator(testCard("plain"));
    emulator.awaitFrames(trials);
    std::mt19937 random(3);
    unsigned presses = 0;
    for (; presses < 60; ++presses) {
        letPass(std::chrono::milliseconds(random() % 17));
        emulator.press(0, b);
        if (presses % 2) emulator.awaitFrames(1);
        emulator.press(0, 0);
        emulator.awaitFrames(4); // the lamp is not B's: nothing to see of a correction
    }
    emulator.send(protocol::Pause{});
    emulator.await([&] {
        return std::ranges::any_of(emulator.kept, [&](const Keepsake& k) {
            return k.header.kind == ipc::Kept::Sram && k.bytes[0] == std::byte(presses);
        });
    });
}

TEST_CASE("what two players press between two frames holds: the first at once, the other in the next") {
    EmulatorProcess emulator(testCard("plain"));
    emulator.awaitFrames(trials);
    correctOne(emulator);
    const bool first = emulator.picture.header.applied[0] % 2;
    emulator.press(1, a);
    emulator.awaitFrames(2);
    CHECK(lamp(emulator.picture, 1) == white);
    CHECK((lamp(emulator.picture, 0) == white) == first);
    CHECK(emulator.picture.header.applied[1] == 1);
}

TEST_CASE("what is kept of a game is of frames that nothing corrects any more") {
    EmulatorProcess emulator(testCard("plain"));
    emulator.awaitFrames(trials);
    for (int request = 1; request <= 20; ++request) {
        storm(emulator, 10);
        emulator.press(0, a);
        emulator.send(protocol::TakeSnapshot{request});
        emulator.press(0, 0);
        emulator.awaitKept(ipc::Kept::State, std::uint32_t(request));
    }
    CHECK(corrections(emulator) > 20);
    for (const auto& keepsake : emulator.kept)
        if (keepsake.header.kind == ipc::Kept::State) CHECK(frameOf(keepsake) == keepsake.header.frame);
}

TEST_CASE("a game that is paused, rewound, reset and taken elsewhere between presses goes on") {
    EmulatorProcess emulator(testCard("plain"));
    emulator.awaitFrames(trials);
    const auto state = emulator.awaitKept(ipc::Kept::State).bytes;
    emulator.give(state);
    for (int i = 0; i < 4; ++i) {
        storm(emulator, 20);
        emulator.send(protocol::Pause{});
        emulator.press(0, a);
        emulator.send(protocol::Resume{});
        storm(emulator, 20);
        emulator.send(protocol::RunBackwards{true});
        storm(emulator, 20);
        emulator.send(protocol::RunBackwards{false});
        emulator.press(0, 0);
        emulator.send(protocol::LoadState{i, int(state.size())});
        emulator.press(0, a);
        storm(emulator, 20);
        emulator.send(protocol::Reset{});
        emulator.press(0, 0);
        emulator.awaitFrames(1);
    }
    CHECK(emulator.statesLoaded.size() == 4);
    correctOne(emulator);
}

TEST_CASE("no frame is corrected where that is not wished, or the core cannot be taken back") {
    auto load = GENERATE(0, 1, 2, 3);
    auto game = load == 0   ? testCard("plain")
                : load == 1 ? testCard("no-states")
                : load == 2 ? customCard("restless", "restless=true\n")
                            : customCard("slow-frames", "slow=7\n");
    if (load == 0) game.earlyFrames = false;
    EmulatorProcess emulator(game);
    emulator.awaitFrames(trials);
    storm(emulator, 100);
    CHECK(corrections(emulator) == 0);
}

TEST_CASE("a picture ahead shows what is pressed sooner by the frames that it is ahead") {
    const auto [early, ahead] = GENERATE(table<bool, int>({{false, 1}, {false, 3}, {true, 2}}));
    auto load = customCard("lag" + std::to_string(ahead), "lag=" + std::to_string(ahead) + "\n");
    load.runAhead = ahead;
    load.earlyFrames = early;
    EmulatorProcess emulator(load);
    emulator.awaitFrames(trials);
    CHECK(frameNumber(emulator.picture) == emulator.picture.header.sequence - 1 + unsigned(ahead));
    for (int i = 0; i < 10; ++i) {
        emulator.press(0, i % 2 ? 0 : a);
        const auto sequence = emulator.picture.header.applied[0];
        emulator.await([&] { return emulator.frames.back().applied[0] != sequence; });
        CHECK(lamp(emulator.picture, 0) == (i % 2 ? black : white));
    }
    if (early) CHECK(corrections(emulator) > 0);
}

TEST_CASE("a game that ends does so in its own frame, not in one that is shown ahead") {
    auto load = customCard("ends", "shutdownAfter=100\n");
    load.runAhead = 3;
    EmulatorProcess emulator(load);
    CHECK(emulator.awaitExit().code == EXIT_SUCCESS);
    CHECK(emulator.shutdown);
    CHECK(emulator.frames.back().sequence == 101);
}

TEST_CASE("an NES game with two frames of lag of its own, shown two ahead, answers as one without") {
    const auto ahead = GENERATE(0, 2);
    auto load = testRom(ahead ? "flash-lag.nes" : "flash.nes");
    load.runAhead = ahead;
    EmulatorProcess emulator(load);
    emulator.awaitFrames(2 * trials);
    for (int i = 0; i < 10; ++i) {
        emulator.press(0, i % 2 ? 0 : a);
        const auto sequence = emulator.picture.header.applied[0];
        emulator.await([&] { return emulator.frames.back().applied[0] != sequence; });
        CHECK((emulator.picture.middle().green > 200) == (i % 2 == 0));
    }
    CHECK(corrections(emulator) > 0);
}
