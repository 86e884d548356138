// Frames that input corrects before the next is due, and pictures that are ahead of the game.
#include "emulator/control.hpp"
#include "emulator_process.hpp"
#include "games.hpp"
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

constexpr Buttons a = 1 << RETRO_DEVICE_ID_JOYPAD_A, b = 1 << RETRO_DEVICE_ID_JOYPAD_B;
constexpr std::size_t trials = 70; // frames in which the emulator finds out whether it can go back

std::size_t corrections(const EmulatorProcess& emulator) {
    return std::size_t(std::ranges::count(emulator.frames, 1U, &ipc::FrameHeader::corrected));
}

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

void letPass(std::chrono::milliseconds time) {
    bool over = false;
    const auto timer = base::Loop::after(time, [&] { over = true; });
    while (!over) g_main_context_iteration(nullptr, TRUE);
}

// Presses and releases A at random moments, for so many frames.
void storm(EmulatorProcess& emulator, std::size_t frames) {
    std::mt19937 random(7);
    for (const auto end = emulator.frames.size() + frames; emulator.frames.size() < end;) {
        emulator.press(0, random() % 2 ? a : 0);
        letPass(std::chrono::milliseconds(random() % 12));
        emulator.awaitFrames(1);
    }
}

// How far each sample is from a sine wave of 8000 whose phase the first two tell: the worst.
double offFromSine(const std::vector<std::int16_t>& samples, double turnsEach) {
    double worst = 0, phase = 0, nearest = 1e9;
    for (double guess = 0; guess < 1; guess += 1e-4) {
        const auto at = [&](int i) {
            return 8000 * std::sin(2 * std::numbers::pi * (guess + i * turnsEach));
        };
        const double off = std::abs(at(0) - samples[0]) + std::abs(at(1) - samples[2]);
        if (off < nearest) nearest = off, phase = guess;
    }
    for (std::size_t i = 0; i < samples.size() / 2; ++i) {
        const double turns = phase + double(i) * turnsEach;
        worst = std::max(worst, std::abs(8000 * std::sin(2 * std::numbers::pi * turns) - samples[2 * i]));
    }
    return worst;
}

double steepest(const std::vector<std::int16_t>& samples) {
    double most = 0;
    for (std::size_t i = 2; i < samples.size(); i += 2)
        most = std::max(most, std::abs(double(samples[i]) - samples[i - 2]));
    return most;
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

TEST_CASE("a steady tone goes on to the sample while frames are corrected and shown ahead") {
    const auto [rate, ahead] = GENERATE(table<int, int>({{48000, 0}, {44100, 0}, {32040, 2}}));
    auto load =
        customCard("tone", "always=true\ntone=1000\nfps=59.7275\nrate=" + std::to_string(rate) + "\n");
    load.runAhead = ahead;
    EmulatorProcess emulator(load);
    emulator.awaitFrames(1);
    storm(emulator, 400);
    const auto samples = emulator.takeSamples();
    CHECK(corrections(emulator) > 20);
    CHECK(offFromSine(samples, 1000.0 / rate) < 20); // as good as the phase is known
    const double frames = double(emulator.frames.size() - corrections(emulator));
    CHECK(double(samples.size()) / 2 == Approx(frames * rate / 59.7275).epsilon(0.01));
}

TEST_CASE("a sound that a press begins or ends does so without a click that the game would not make") {
    EmulatorProcess emulator(testCard("plain"));
    emulator.awaitFrames(trials);
    emulator.takeSamples();
    storm(emulator, 300);
    CHECK(corrections(emulator) > 20);
    // At 440 Hz 461 from one sample to the next, and where the card itself begins in the middle of a wave
    // more.
    CHECK(steepest(emulator.takeSamples()) < 8000 + 500);
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

namespace {

// From the first frame on, A held all the time.
std::vector<std::int16_t> soundOf(protocol::Load load, bool early, int ahead, std::size_t pairs) {
    load.earlyFrames = early;
    load.runAhead = ahead;
    EmulatorProcess emulator;
    emulator.press(0, a);
    emulator.send(load);
    std::vector<std::int16_t> samples;
    while (samples.size() < 2 * pairs) {
        emulator.awaitFrames(30);
        const auto more = emulator.takeSamples();
        samples.insert(samples.end(), more.begin(), more.end());
    }
    samples.resize(2 * pairs);
    return samples;
}

}

TEST_CASE("a game sounds the same to the sample whether its frames are run twice, and ahead, or not") {
    const auto load = GENERATE(values<protocol::Load>({
        testRom("flash.nes"),
        ownGame("nestopia", "nes/Paint Paws.nes"),
        ownGame("gambatte", "gb/Jelly Well.gb"),
        ownGame("mgba", "gb/Jelly Well.gb"),
    }));
    const auto [early, ahead] = GENERATE(table<bool, int>({{true, 0}, {false, 2}, {true, 2}}));
    INFO(load.core << " " << load.file << " " << early << " " << ahead);
    const auto plain = soundOf(load, false, 0, 150'000), other = soundOf(load, early, ahead, 150'000);
    std::size_t different = 0, first = 0;
    int worst = 0;
    for (std::size_t i = 0; i < plain.size(); ++i)
        if (plain[i] != other[i]) {
            if (!different++) first = i / 2;
            worst = std::max(worst, std::abs(plain[i] - other[i]));
        }
    INFO("first at pair " << first << ", worst by " << worst);
    CHECK(different == 0);
}
