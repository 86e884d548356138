#include "picture.hpp"

#include <cstring>

namespace testcard {
namespace {

uint32_t bits(Colour colour, uint32_t red, uint32_t green, uint32_t blue) {
    return (colour & Red ? red : 0) | (colour & Green ? green : 0) | (colour & Blue ? blue : 0);
}

Colour cellColour(const Scene& scene, unsigned n) {
    if (n < 24) return scene.frame >> (23 - n) & 1 ? White : Black;
    if (n < 29) return scene.answers[n - 24];
    return scene.count >> (31 - n) & 1 ? White : Black;
}

} // namespace

Picture::Picture(std::string format, unsigned width, unsigned height, unsigned padding)
    : format_(std::move(format)),
      width_(width),
      height_(height),
      pitch_(size_t(width) * (format_ == "xrgb8888" ? 4 : 2) + padding),
      bytes_(pitch_ * height, 0xA5) // padding is no black: who reads it shows it
{}

void Picture::paint(const Scene& scene) {
    const unsigned w = width_ / 2, h = height_ / 2;
    const Colour quadrants[] = {Red, Green, Blue, White};
    for (unsigned p = 0; p < 4; ++p) {
        unsigned x = p % 2 * w, y = p / 2 * h;
        box(x, y, p % 2 ? width_ - w : w, p / 2 ? height_ - h : h, quadrants[p]);
        box(x + w / 4, y + h / 4, w / 2, h / 2, scene.held >> p & 1 ? White : Black);
    }

    const unsigned cell = width_ / 32, high = height_ / 16, top = (height_ - high) / 2;
    for (unsigned n = 0; n < 32; ++n) box(n * cell, top, cell, high, cellColour(scene, n));
}

void Picture::box(unsigned x, unsigned y, unsigned w, unsigned h, Colour colour) {
    for (unsigned row = y; row < y + h; ++row)
        for (unsigned column = x; column < x + w; ++column) put(column, row, colour);
}

void Picture::put(unsigned x, unsigned y, Colour colour) {
    uint8_t* line = bytes_.data() + y * pitch_;
    if (format_ == "xrgb8888") {
        uint32_t pixel = bits(colour, 0xFF0000, 0xFF00, 0xFF);
        std::memcpy(line + x * 4, &pixel, 4); // an odd pitch leaves no line aligned
        return;
    }
    uint16_t pixel =
        format_ == "rgb565" ? bits(colour, 0xF800, 0x07E0, 0x001F) : bits(colour, 0x7C00, 0x03E0, 0x001F);
    std::memcpy(line + x * 2, &pixel, 2);
}

} // namespace testcard
