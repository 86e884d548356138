// What is heard while frames are corrected and shown ahead.
#include "emulator_process.hpp"
#include "games.hpp"
#include "pressing.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace cloudretro;
using namespace cloudretro::test;

namespace {

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
    // Some frames this test may have passed over, corrected ones or others.
    const double pairs = double(samples.size()) / 2, each = rate / 59.7275;
    CHECK(pairs > 0.99 * each * double(emulator.frames.size() - corrections(emulator)));
    CHECK(pairs < 1.01 * each * double(emulator.frames.back().sequence - corrections(emulator)));
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

TEST_CASE("an NES game sounds the same to the sample whether its frames are run twice, and ahead, or not") {
    const auto load = GENERATE(values<protocol::Load>({
        testRom("flash.nes"),
        ownGame("nestopia", "nes/Paint Paws.nes"),
    }));
    const auto plain = soundOf(load, false, 0, 150'000);
    CHECK(soundOf(load, true, 0, 150'000) == plain);
    CHECK(soundOf(load, true, 2, 150'000) == plain);
}

TEST_CASE("a core that keeps sound outside of its states does not click") {
    const auto load = ownGame(GENERATE("gambatte", "mgba"), "gb/Jelly Well.gb");
    INFO(load.core);
    const auto most = steepest(soundOf(load, false, 0, 150'000));
    CHECK(steepest(soundOf(load, true, 0, 150'000)) < 1.2 * most);
    CHECK(steepest(soundOf(load, true, 2, 150'000)) < 1.2 * most);
}
