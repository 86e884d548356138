#include "room/sound.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>

using namespace cloudretro::room;

namespace {

struct Line { // what Sound gave, joined
    std::vector<std::int16_t> samples;
    std::vector<std::int64_t> times;
};

// Plays `seconds` of a 440 Hz tone through Sound: `rate` is what the core says, `made` what it really makes.
Line play(double rate, double made, double fps, double seconds) {
    Line line;
    Sound sound;
    sound.onBlock = [&](Sound::Block block, std::int64_t time) {
        line.samples.insert(line.samples.end(), block.begin(), block.end());
        line.times.push_back(time);
    };
    sound.setRate(rate);
    double due = 0;
    std::int64_t n = 0;
    for (int frame = 0; frame < int(seconds * fps); ++frame) {
        std::vector<std::int16_t> samples;
        for (due += made / fps; due >= 1; --due, ++n) {
            const auto value = std::int16_t(10000 * std::sin(2 * std::numbers::pi * 440 * double(n) / made));
            samples.push_back(value);
            samples.push_back(value);
        }
        sound.push(samples, std::int64_t(1e9 * (frame + 1) / fps));
    }
    return line;
}

// The biggest step from one sample to the next: a click is far above what a 440 Hz tone of this size needs.
int biggestStep(const Line& line, std::size_t from) {
    int most = 0;
    for (std::size_t i = from; i + 2 < line.samples.size(); i += 2)
        most = std::max(most, std::abs(line.samples[i + 2] - line.samples[i]));
    return most;
}

}

TEST_CASE("sound of any rate becomes an unbroken line of 10 ms blocks", "[sound]") {
    const double rate = GENERATE(32040.5, 32768.0, 44100.0, 48000.0, 96000.0);
    const auto line = play(rate, rate, 59.7275, 5);
    CHECK(double(line.times.size()) == Approx(500).margin(4));
    for (std::size_t i = 1; i < line.times.size(); ++i)
        REQUIRE(line.times[i] - line.times[i - 1] == 10'000'000);
    CHECK(biggestStep(line, 2000) < 800); // 2π · 440 / 48000 · 10000 = 576
}

TEST_CASE("a core that makes too many or too few samples is followed without a click", "[sound]") {
    const double off = GENERATE(0.997, 1.003);
    const auto line = play(48000, 48000 * off, 60, 30);
    for (std::size_t i = 1; i < line.times.size(); ++i)
        REQUIRE(line.times[i] - line.times[i - 1] == 10'000'000);
    CHECK(line.times.back() == Approx(30e9).margin(40e6));
    CHECK(biggestStep(line, 2000) < 800);
}

TEST_CASE("after a pause the line goes on at the picture's time", "[sound]") {
    std::vector<std::int64_t> times;
    Sound sound;
    sound.onBlock = [&](Sound::Block, std::int64_t time) { times.push_back(time); };
    sound.setRate(48000);
    const std::vector<std::int16_t> samples(1600);
    for (int i = 1; i <= 60; ++i) sound.push(samples, i * 16'666'667);
    const auto before = times.size();
    sound.push(samples, 10'000'000'000);
    REQUIRE(times.size() > before);
    CHECK(double(times.back()) == Approx(10e9).margin(20e6));
}

TEST_CASE("rates that no core has are silence", "[sound]") {
    const double rate = GENERATE(0.0, -1.0, 1e12, std::nan(""));
    Sound sound;
    bool any = false;
    sound.onBlock = [&](Sound::Block, std::int64_t) { any = true; };
    sound.setRate(rate);
    sound.push(std::vector<std::int16_t>(9600), 1);
    CHECK_FALSE(any);
}

TEST_CASE("the line is never stretched more than anybody hears", "[sound]") {
    SoundPacer pacer;
    for (int i = 0; i < 1000; ++i) {
        const auto factor = pacer.stretch(1'000'000'000, 1'000'000'000 + SoundPacer::lead - 39'000'000);
        REQUIRE(factor);
        REQUIRE(*factor <= 1.005);
    }
    CHECK(*pacer.stretch(1'000'000'000, 1'000'000'000 + SoundPacer::lead - 39'000'000) == Approx(1.005));
    CHECK_FALSE(pacer.stretch(1'000'000'000, 1'000'000'000 + SoundPacer::lead + 41'000'000));
}
