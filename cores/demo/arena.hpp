// The content of the demo core: a place to play in, described by a text file of key = value lines.
//
//   name    = Comet Party            shown on the title screen
//   size    = 384x216                pixels: 256x144 to 640x360
//   sky     = 1b1040 4a1d6b          colours at the top and at the bottom
//   nebula  = 3fa7d6                 colour of the clouds
//   seconds = 75                     length of a round: 10 to 300
//   stars   = 9                      how many wait to be collected: 1 to 20
//   wrap    = true                   leave at one edge, come back at the other; or bounce
//   planet  = 192 118 24 e07a5f 0.5  x, y, radius, colour, pull (0: none); up to 12 of them
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vec.hpp"

namespace demo {

struct Planet {
    Vec at;
    float radius = 0;
    uint32_t colour = 0;
    float pull = 0;
};

struct Arena {
    std::string name = "Nowhere";
    int width = 384, height = 216;
    uint32_t skyTop = 0x101030, skyBottom = 0x402060, nebula = 0x4060A0;
    int seconds = 75;
    int stars = 9;
    bool wrap = true;
    std::vector<Planet> planets;
};

// Nothing, and in `error` a sentence for the player, when the text describes no arena.
std::optional<Arena> parseArena(std::string_view text, std::string& error);

} // namespace demo
