// Three core options, announced through any of libretro's three interfaces for them.
#pragma once

#include <libretro.h>

#include <array>
#include <string>

#include "picture.hpp"

namespace testcard {

// Each has the values red, green and blue. Defaults by interface:
//   v0 (SET_VARIABLES):         red,   red,  red   (always the first)
//   v1 and v2 (SET_CORE_OPTIONS): green, blue, red (the last names no default: the first)
// Nothing is announced when the frontend does not know the interface.
void announceOptions(retro_environment_t environment, const std::string& version);

// Black: no answer.
std::array<Colour, 3> readOptions(retro_environment_t environment);

} // namespace testcard
