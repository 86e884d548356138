#include "canvas.hpp"

#include <algorithm>

#include "font.hpp"

namespace demo {
namespace {

// Sums each channel and stays at full: the carry of a channel fills it.
Colour addLight(Colour a, Colour b) {
    const Colour sum = (a & 0x7F7F7F) + (b & 0x7F7F7F);
    const Colour high = (a ^ b) & 0x808080, carry = ((a & b) | ((a | b) & sum)) & 0x808080;
    return (sum ^ high) | ((carry << 1) - (carry >> 7));
}

Colour inkOf(std::span<const Ink> inks, char key) {
    auto ink = std::find_if(inks.begin(), inks.end(), [key](const Ink& i) { return i.key == key; });
    return ink == inks.end() ? 0xFF00FF : ink->colour;
}

// What a pixel sees of a turned sprite: the mean of nine places in it.
struct Sampler {
    const Sprite& sprite;
    std::span<const Ink> inks;
    unsigned hits = 0, red = 0, green = 0, blue = 0;

    static constexpr int across = 3;

    void take(Vec corner, Vec right, Vec down) {
        for (int n = 0; n < across * across; ++n) {
            const Vec d = corner + Vec{(n % across + 0.5f) / across, (n / across + 0.5f) / across};
            see(int(std::floor(dot(d, right) + sprite.width() / 2.f)),
                int(std::floor(dot(d, down) + sprite.height() / 2.f)));
        }
    }

    void see(int x, int y) {
        if (x < 0 || y < 0 || x >= sprite.width() || y >= sprite.height() || sprite.rows[y][x] == '.') return;
        const Colour colour = inkOf(inks, sprite.rows[y][x]);
        red += colour >> 16 & 255;
        green += colour >> 8 & 255;
        blue += colour & 255;
        ++hits;
    }

    Colour colour() const { return red / hits << 16 | green / hits << 8 | blue / hits; }
    float coverage() const { return float(hits) / (across * across); }
};

} // namespace

Colour mix(Colour a, Colour b, float t) {
    const Colour part = Colour(std::clamp(t, 0.f, 1.f) * 256), rest = 256 - part;
    const Colour redBlue = ((a & 0xFF00FF) * rest + (b & 0xFF00FF) * part) >> 8 & 0xFF00FF;
    const Colour green = ((a & 0x00FF00) * rest + (b & 0x00FF00) * part) >> 8 & 0x00FF00;
    return redBlue | green;
}

Colour dim(Colour colour, float factor) { return mix(0, colour, factor); }

void Canvas::shift(int x, int y) {
    const std::vector<Colour> before = pixels_;
    for (int row = 0; row < height_; ++row)
        for (int column = 0; column < width_; ++column) {
            const int fromX = std::clamp(column - x, 0, width_ - 1),
                      fromY = std::clamp(row - y, 0, height_ - 1);
            at(column, row) = before[size_t(fromY) * width_ + fromX];
        }
}

void Canvas::put(int x, int y, Colour colour) {
    if (inside(x, y)) at(x, y) = colour;
}

void Canvas::blend(int x, int y, Colour colour, float t) {
    if (inside(x, y)) at(x, y) = mix(at(x, y), colour, t);
}

void Canvas::add(int x, int y, Colour light) {
    if (inside(x, y)) at(x, y) = addLight(at(x, y), light);
}

void Canvas::fill(int x, int y, int width, int height, Colour colour, float t) {
    for (int row = y; row < y + height; ++row)
        for (int column = x; column < x + width; ++column) blend(column, row, colour, t);
}

void Canvas::glow(Vec centre, float radius, Colour light) {
    const int left = int(centre.x - radius), right = int(centre.x + radius) + 1;
    const int top = int(centre.y - radius), bottom = int(centre.y + radius) + 1;
    const float scale = 1 / (radius * radius);
    for (int y = top; y <= bottom; ++y)
        for (int x = left; x <= right; ++x) {
            const Vec d = {x + 0.5f - centre.x, y + 0.5f - centre.y};
            const float near = 1 - dot(d, d) * scale;
            if (near > 0) add(x, y, dim(light, near * near));
        }
}

void Canvas::sprite(const Sprite& sprite, std::span<const Ink> inks, int x, int y) {
    for (int row = 0; row < sprite.height(); ++row)
        for (int column = 0; column < sprite.width(); ++column)
            if (char key = sprite.rows[row][column]; key != '.') put(x + column, y + row, inkOf(inks, key));
}

void Canvas::turned(const Sprite& sprite, std::span<const Ink> inks, Vec centre, float heading, float scale) {
    const Vec right = direction(heading + 0.25f) * (1 / scale),
              down = direction(heading + 0.5f) * (1 / scale);
    const int reach = int(length({sprite.width() / 2.f, sprite.height() / 2.f}) * scale) + 1;
    const int left = int(std::floor(centre.x)) - reach, top = int(std::floor(centre.y)) - reach;
    for (int y = top; y <= top + 2 * reach; ++y)
        for (int x = left; x <= left + 2 * reach; ++x) {
            Sampler sampler = {sprite, inks};
            sampler.take(Vec{float(x), float(y)} - centre, right, down);
            if (sampler.hits) blend(x, y, sampler.colour(), sampler.coverage());
        }
}

void Canvas::text(int x, int y, std::string_view text, Colour colour, int scale) {
    letters(x + scale, y + scale, text, 0x05050F, scale);
    letters(x, y, text, colour, scale);
}

void Canvas::centred(int y, std::string_view words, Colour colour, int scale) {
    text((width_ - textWidth(words, scale)) / 2, y, words, colour, scale);
}

void Canvas::letters(int x, int y, std::string_view text, Colour colour, int scale) {
    for (char character : text) {
        const Glyph& rows = glyph(character);
        for (int row = 0; row < 7; ++row)
            for (int column = 0; column < 5; ++column)
                if (rows[row] >> (4 - column) & 1)
                    fill(x + column * scale, y + row * scale, scale, scale, colour);
        x += 6 * scale;
    }
}

} // namespace demo
