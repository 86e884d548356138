#include "test_card.hpp"

#include "games.hpp"

#include <catch2/catch.hpp>
#include <libretro.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

using namespace cloudretro;
using namespace cloudretro::test;

namespace {

constexpr Buttons bit(unsigned id) { return Buttons(1 << id); }

double loudness(const std::vector<std::int16_t>& samples) {
    double sum = 0;
    for (const double s : samples) sum += s * s;
    return samples.empty() ? 0 : std::sqrt(sum / double(samples.size()));
}

// From one frame to the next, among frames that follow each other.
std::int64_t shortestStep(const EmulatorProcess& emulator, std::size_t from, std::size_t to) {
    std::int64_t least = INT64_MAX;
    for (std::size_t i = from + 1; i < to; ++i)
        least = std::min(least, emulator.frames[i].timestamp - emulator.frames[i - 1].timestamp);
    return least;
}

std::array<Colour, 3> optionCells(const protocol::Load& load) {
    EmulatorProcess emulator(load);
    emulator.awaitFrames(3);
    return {cell(emulator.picture, 24), cell(emulator.picture, 25), cell(emulator.picture, 26)};
}

}

TEST_CASE("every pixel format and pitch arrives as it was drawn") {
    const auto [card, format, width, height] = GENERATE(table<const char*, PixelFormat, int, int>({
        {"plain", PixelFormat::Xrgb8888, 320, 240},
        {"rgb565", PixelFormat::Rgb565, 320, 240},
        {"0rgb1555", PixelFormat::Xrgb1555, 320, 240},
        {"pitch", PixelFormat::Xrgb8888, 322, 242},
        {"pitch-rgb565", PixelFormat::Rgb565, 322, 242},
    }));
    INFO(card);
    EmulatorProcess emulator(testCard(card));
    emulator.awaitLoaded();
    CHECK(emulator.loaded->coreName == "Testcard");
    CHECK(emulator.loaded->width == width);
    CHECK(emulator.loaded->height == height);
    CHECK(emulator.loaded->aspect == Approx(double(width) / height));
    CHECK(emulator.loaded->fps == 60);
    CHECK(emulator.loaded->sampleRate == 48000);
    CHECK(emulator.loaded->seats == 4);
    emulator.awaitFrames(20);
    const auto& picture = emulator.picture;
    CHECK(picture.header.format == format);
    CHECK(int(picture.header.width) == width);
    CHECK(int(picture.header.height) == height);
    CHECK(frameNumber(picture) == picture.header.sequence - 1);
    CHECK(quadrant(picture, 0) == red);
    CHECK(quadrant(picture, 1) == green);
    CHECK(quadrant(picture, 2) == blue);
    CHECK(quadrant(picture, 3) == white);
}

TEST_CASE("a core that reads its file itself gets the path") {
    EmulatorProcess emulator({.core = builtFile("test-lib/testcard_fullpath_libretro.so"),
        .file = builtFile("test-games/testcard-fullpath/plain.pathcard"),
        .systemDir = {},
        .saveDir = {},
        .options = {},
        .sandbox = "strict"});
    emulator.awaitFrames(3);
    CHECK(quadrant(emulator.picture, 0) == red);
}

TEST_CASE("rotation is announced with each frame") {
    EmulatorProcess emulator(testCard("rotated"));
    emulator.awaitFrames(3);
    CHECK(emulator.picture.header.rotation == 1);
    CHECK(emulator.picture.header.width == 320);
}

TEST_CASE("a picture changes its size while the game runs") {
    EmulatorProcess emulator(customCard("smaller", "geometryAfter=20\nnewWidth=160\nnewHeight=144\n"));
    emulator.awaitFrames(15);
    CHECK(emulator.picture.header.width == 320);
    emulator.awaitFrames(15);
    CHECK(emulator.picture.header.width == 160);
    CHECK(emulator.picture.header.height == 144);
    CHECK(quadrant(emulator.picture, 3) == white);
    REQUIRE(emulator.timings.size() == 1);
    CHECK(emulator.timings[0].aspect == Approx(160.0 / 144));
    CHECK(emulator.timings[0].fps == 60);
}

TEST_CASE("a new size of the same shape is no change of timing") {
    EmulatorProcess emulator(testCard("geometry"));
    emulator.awaitFrames(70);
    CHECK(emulator.picture.header.width == 160);
    CHECK(emulator.timings.empty());
}

TEST_CASE("a new frame rate counts at once") {
    EmulatorProcess emulator(testCard("avinfo"));
    emulator.await([&] { return !emulator.timings.empty(); });
    CHECK(emulator.timings[0].fps == 50);
    CHECK(emulator.timings[0].sampleRate == 32000);
    emulator.awaitFrames(20);
    CHECK(shortestStep(emulator, 0, 40) == Approx(1e9 / 60).margin(1));
    CHECK(shortestStep(emulator, emulator.frames.size() - 20, emulator.frames.size()) == 20'000'000);
}

TEST_CASE("a frame that repeats the one before says so") {
    EmulatorProcess emulator(testCard("duplicate"));
    emulator.awaitFrames(20);
    for (const auto& header : emulator.frames) CHECK(header.duplicate == (header.sequence + 1) % 2);
}

TEST_CASE("a core without picture goes on, with duplicates of nothing") {
    EmulatorProcess emulator(testCard("no-video"));
    emulator.awaitFrames(10);
    CHECK(emulator.frames.back().duplicate == 1);
    CHECK(emulator.frames.back().width == 0);
}

TEST_CASE("options of every version are answered with their defaults") {
    CHECK(optionCells(testCard("options-v0")) == std::array{red, red, red});
    CHECK(optionCells(testCard("options-v1")) == std::array{green, blue, red});
    CHECK(optionCells(testCard("options-v2")) == std::array{green, blue, red});
}

TEST_CASE("options can be overridden") {
    auto load = testCard("options-v2");
    load.options = {"testcard_left=blue", "testcard_middle=purple", "testcard_right=green"};
    CHECK(optionCells(load) == std::array{blue, blue, green});
}

TEST_CASE("a core gets directories that exist") {
    const auto load = testCard("directories");
    EmulatorProcess emulator(load);
    emulator.awaitFrames(3);
    CHECK(cell(emulator.picture, 27) == green);
    CHECK(cell(emulator.picture, 28) == green);
    CHECK(std::filesystem::exists(load.systemDir));
    CHECK(std::filesystem::exists(load.saveDir + "/testcard.txt"));
}

TEST_CASE("a message of the core does not disturb") {
    EmulatorProcess emulator(testCard("message"));
    emulator.awaitFrames(3);
    CHECK_FALSE(emulator.trouble);
}

TEST_CASE("each seat has its lamp") {
    EmulatorProcess emulator(testCard("plain"));
    for (unsigned seat = 0; seat < 4; ++seat) {
        emulator.press(seat, bit(RETRO_DEVICE_ID_JOYPAD_A));
        emulator.await([&] { return emulator.picture.header.applied[seat] == 1; });
        for (unsigned other = 0; other < 4; ++other)
            CHECK(lamp(emulator.picture, other) == (other == seat ? white : black));
        emulator.press(seat, 0);
        emulator.await([&] { return emulator.picture.header.applied[seat] == 2; });
        CHECK(lamp(emulator.picture, seat) == black);
    }
}

TEST_CASE("a press shorter than a frame is counted once") {
    EmulatorProcess emulator(testCard("plain"));
    emulator.awaitFrames(3);
    for (int press = 0; press < 3; ++press) {
        emulator.press(0, bit(RETRO_DEVICE_ID_JOYPAD_B));
        emulator.press(0, 0);
        emulator.awaitFrames(5);
    }
    CHECK(cell(emulator.picture, 29) == black); // 3 in binary: 011
    CHECK(cell(emulator.picture, 30) == white);
    CHECK(cell(emulator.picture, 31) == white);
}

TEST_CASE("a tone is heard, in batches or sample by sample") {
    const auto* lines = GENERATE("audio=batch\nalways=true\n", "audio=single\nalways=true\n");
    EmulatorProcess emulator(customCard("tone", lines));
    emulator.awaitFrames(30);
    const auto samples = emulator.takeSamples();
    CHECK(double(samples.size()) / 2 == Approx(800.0 * double(emulator.frames.back().sequence)).margin(801));
    CHECK(loudness(samples) == Approx(8000 / std::sqrt(2)).epsilon(0.05));
    CHECK(emulator.frames.back().audioWritten > emulator.frames.front().audioWritten);
}

TEST_CASE("a silent core writes no samples") {
    EmulatorProcess emulator(testCard("silent"));
    emulator.awaitFrames(10);
    CHECK(emulator.takeSamples().empty());
}

TEST_CASE("reset starts the game again") {
    EmulatorProcess emulator(testCard("plain"));
    emulator.awaitFrames(30);
    emulator.send(protocol::Reset{});
    const auto before = frameNumber(emulator.picture);
    emulator.await([&] { return frameNumber(emulator.picture) < before; });
    CHECK(frameNumber(emulator.picture) < 10);
}

TEST_CASE("a core that is too slow runs as fast as it can, and collects no arrears") {
    EmulatorProcess emulator(testCard("too-slow")); // 25 ms of work in frames of 16.7 ms
    emulator.awaitFrames(60);
    const auto& frames = emulator.frames;
    for (std::size_t i = 1; i < frames.size(); ++i) CHECK(frames[i].timestamp > frames[i - 1].timestamp);
    const auto worked = std::int64_t(frames.back().sequence - frames.front().sequence) * 25'000'000;
    CHECK(frames.back().timestamp - frames.front().timestamp > worked - 250'000'000);
}
