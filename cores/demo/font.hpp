// A font of 5 x 7 pixels: space to Z of ASCII, without lower case.
#pragma once

#include <array>
#include <cstdint>

namespace demo {

using Glyph = std::array<uint8_t, 7>;

// What is not in the font looks like a space.
const Glyph& glyph(char character);

} // namespace demo
