#include "emulator_process.hpp"
#include "games.hpp"

#include <catch2/catch.hpp>
#include <libretro.h>

#include <algorithm>
#include <cmath>

using namespace cloudretro;
using namespace cloudretro::test;

namespace {

constexpr Buttons a = 1 << RETRO_DEVICE_ID_JOYPAD_A;

double loudness(const std::vector<std::int16_t>& samples) {
    double sum = 0;
    for (const double s : samples) sum += s * s;
    return samples.empty() ? 0 : std::sqrt(sum / double(samples.size()));
}

}

TEST_CASE("an NES game shows and sounds what is pressed") {
    EmulatorProcess emulator(testRom("flash.nes"));
    emulator.awaitLoaded();
    CHECK(emulator.loaded->coreName == "Nestopia");
    CHECK(emulator.loaded->fps == 60); // what this core says
    emulator.awaitFrames(60);
    CHECK(emulator.picture.middle() == black);
    const double quiet = loudness(emulator.takeSamples());

    emulator.press(0, a);
    emulator.awaitFrames(30);
    CHECK(emulator.picture.middle().green > 200);
    CHECK(emulator.picture.header.applied[0] == 1);
    emulator.takeSamples();
    emulator.awaitFrames(15);
    CHECK(loudness(emulator.takeSamples()) > quiet + 500);

    emulator.press(0, 0);
    emulator.awaitFrames(30);
    CHECK(emulator.picture.middle() == black);
}
