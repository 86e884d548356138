// A picture of XRGB8888 pixels, and the few ways that the game draws on it. Everything is clipped.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "vec.hpp"

namespace demo {

using Colour = uint32_t;

Colour mix(Colour a, Colour b, float t); // t = 0: a, 1: b
Colour dim(Colour colour, float factor);

// Rows of characters, each a key of the palette; '.' is transparent.
struct Sprite {
    std::span<const std::string_view> rows;
    int width() const { return int(rows[0].size()); }
    int height() const { return int(rows.size()); }
};

struct Ink {
    char key;
    Colour colour;
};

class Canvas {
public:
    Canvas(int width, int height) : width_(width), height_(height), pixels_(size_t(width) * height) {}

    int width() const { return width_; }
    int height() const { return height_; }
    const Colour* data() const { return pixels_.data(); }
    void copy(const Canvas& other) { pixels_ = other.pixels_; }
    void shift(int x, int y); // the whole picture, edges repeat

    void put(int x, int y, Colour colour);
    void blend(int x, int y, Colour colour, float t);
    void add(int x, int y, Colour light);
    void fill(int x, int y, int width, int height, Colour colour, float t = 1);
    void glow(Vec at, float radius, Colour light);
    void sprite(const Sprite& sprite, std::span<const Ink> inks, int x, int y);
    // Turned around its centre, edges smoothed. Headings are turns, 0.75 is upright.
    void turned(const Sprite& sprite, std::span<const Ink> inks, Vec centre, float heading, float scale = 1);
    void text(int x, int y, std::string_view text, Colour colour, int scale = 1);
    void centred(int y, std::string_view text, Colour colour, int scale = 1);

    static int textWidth(std::string_view text, int scale = 1) { return (int(text.size()) * 6 - 1) * scale; }

private:
    bool inside(int x, int y) const { return x >= 0 && y >= 0 && x < width_ && y < height_; }
    Colour& at(int x, int y) { return pixels_[size_t(y) * width_ + x]; }
    void letters(int x, int y, std::string_view text, Colour colour, int scale);

    int width_, height_;
    std::vector<Colour> pixels_;
};

} // namespace demo
