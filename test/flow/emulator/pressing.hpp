#pragma once
// Somebody who presses A at any moment.
#include "emulator_process.hpp"

#include <libretro.h>

#include <chrono>
#include <cstddef>

namespace cloudretro::test {

inline constexpr Buttons a = 1 << RETRO_DEVICE_ID_JOYPAD_A;

inline constexpr std::size_t trials = 70; // frames in which the emulator finds out whether it can go back

void letPass(std::chrono::milliseconds time);
void storm(EmulatorProcess& emulator, std::size_t frames); // presses and releases, for so many frames
std::size_t corrections(const EmulatorProcess& emulator);  // frames that were corrected

}
