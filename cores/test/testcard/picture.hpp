// The test picture. Every colour in it is fully on or off, so that it survives any pixel format.
//
//   +-----------+-----------+   Four quadrants: red, green / blue, white. In the middle of quadrant
//   | red  [0]  | green [1] |   p, half as wide and high, a lamp: white while A of port p is held,
//   +--- the strip: 32 -----+   black otherwise.
//   | blue [2]  | white [3] |   The strip is h/16 high, centred; its 32 cells are w/32 wide:
//   +-----------+-----------+   0-23 the frame number, highest bit first, white 1, black 0;
//                               24-26 answers to the options, 27 system and 28 save directory
//                               (green: given, red: refused, black: not asked),
//                               29-31 the lowest bits of the count in save memory, highest first.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace testcard {

enum Colour : uint8_t { Black, Red, Green, Yellow, Blue, Magenta, Cyan, White };

struct Scene {
    unsigned frame = 0;
    unsigned held = 0;               // bit p: A of port p
    std::array<Colour, 5> answers{}; // cells 24-28
    unsigned count = 0;              // cells 29-31
};

// A picture in one of libretro's pixel formats, its lines `pitch` bytes apart.
class Picture {
public:
    Picture(std::string format, unsigned width, unsigned height, unsigned padding);

    void paint(const Scene& scene);

    unsigned width() const { return width_; }
    unsigned height() const { return height_; }
    size_t pitch() const { return pitch_; }
    const void* data() const { return bytes_.data(); }

private:
    void box(unsigned x, unsigned y, unsigned w, unsigned h, Colour colour);
    void put(unsigned x, unsigned y, Colour colour);

    std::string format_;
    unsigned width_, height_;
    size_t pitch_;
    std::vector<uint8_t> bytes_;
};

} // namespace testcard
