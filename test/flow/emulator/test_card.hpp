#pragma once
// Reads the picture of the test core (cores/test/testcard/picture.hpp says what is on it).
#include "emulator_process.hpp"

namespace cloudretro::test {

inline Colour quadrant(const Picture& picture, unsigned n) {
    const auto& [w, h] = std::pair(picture.header.width, picture.header.height);
    return picture.at(w / 16 + (n % 2) * w / 2, h / 16 + (n / 2) * h / 2);
}

inline Colour lamp(const Picture& picture, unsigned port) {
    const auto& [w, h] = std::pair(picture.header.width, picture.header.height);
    return picture.at(w / 4 + (port % 2) * w / 2, h / 4 + (port / 2) * h / 2);
}

inline Colour cell(const Picture& picture, unsigned n) {
    const unsigned width = picture.header.width / 32;
    return picture.at(n * width + width / 2, picture.header.height / 2);
}

inline unsigned frameNumber(const Picture& picture) {
    unsigned number = 0;
    for (unsigned bit = 0; bit < 24; ++bit) number = number << 1 | (cell(picture, bit) == white);
    return number;
}

}
