// The pictures of the game. L, D: the ship's colour, light and dark; the rest is fixed.
#pragma once

#include "canvas.hpp"

namespace demo {

extern const Sprite shipSprite, starSprite, crownSprite, cometSprite;

// The colours of everything but L and D.
extern const std::span<const Ink> commonInks;

} // namespace demo
