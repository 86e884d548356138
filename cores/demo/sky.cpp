#include <algorithm>

#include "scene.hpp"

namespace demo {
namespace {

float hashed(int x, int y) {
    uint32_t n = uint32_t(x) * 374761393u + uint32_t(y) * 668265263u;
    n = (n ^ n >> 13) * 1274126177u;
    return float((n ^ n >> 16) & 0xFFFF) / 65535;
}

float smooth(float t) { return t * t * (3 - 2 * t); }

float noise(float x, float y) {
    const int left = int(std::floor(x)), top = int(std::floor(y));
    const float u = smooth(x - left), v = smooth(y - top);
    const float upper = hashed(left, top) + (hashed(left + 1, top) - hashed(left, top)) * u;
    const float lower = hashed(left, top + 1) + (hashed(left + 1, top + 1) - hashed(left, top + 1)) * u;
    return upper + (lower - upper) * v;
}

float clouds(float x, float y) {
    float sum = 0, weight = 0.5f;
    for (int octave = 0; octave < 5; ++octave, weight /= 2, x *= 2, y *= 2) sum += weight * noise(x, y);
    return sum;
}

// A little ordered noise hides the steps of a dark gradient.
float dither(int x, int y) {
    constexpr int bayer[] = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};
    return (bayer[(y & 3) * 4 + (x & 3)] - 7.5f) / 16;
}

void paintClouds(Canvas& canvas, const Arena& arena) {
    for (int y = 0; y < canvas.height(); ++y)
        for (int x = 0; x < canvas.width(); ++x) {
            const float height = float(y) / canvas.height() + dither(x, y) * 0.03f;
            const float density =
                clouds(x / 70.f, y / 55.f) * 1.3f + clouds(x / 31.f + 40, y / 31.f) * 0.4f - 0.72f;
            const Colour sky = mix(arena.skyTop, arena.skyBottom, height);
            canvas.put(
                x, y, mix(sky, arena.nebula, std::clamp(density * 0.9f + dither(x, y) * 0.02f, 0.f, 0.55f)));
        }
}

// A ball lit from the upper left, with bands of cloud.
void paintPlanet(Canvas& canvas, const Planet& planet) {
    const float r = planet.radius;
    canvas.glow(planet.at, r * (planet.pull > 0.5f ? 2.2f : 1.35f),
        dim(planet.colour, planet.pull > 0.5f ? 0.75f : 0.35f));
    for (int y = int(planet.at.y - r) - 1; y <= int(planet.at.y + r) + 1; ++y)
        for (int x = int(planet.at.x - r) - 1; x <= int(planet.at.x + r) + 1; ++x) {
            const Vec d = Vec{x + 0.5f, y + 0.5f} - planet.at;
            const float distance = length(d);
            if (distance > r + 0.5f) continue;
            const float depth = std::sqrt(std::max(0.f, r * r - distance * distance));
            float light = (-0.55f * d.x - 0.6f * d.y + 0.58f * depth) / r;
            if (planet.pull > 0.5f) light = 0.9f + depth / r * 0.4f; // a sun is its own light
            const float bands =
                noise(d.x / r * 1.5f + 7 + planet.at.x, (d.y + d.x * 0.3f) / r * 5 + planet.at.y);
            Colour colour = mix(dim(planet.colour, 0.65f), mix(planet.colour, 0xFFFFFF, 0.25f), bands);
            const float shade = std::clamp(0.28f + light * 0.85f + dither(x, y) * 0.06f, 0.14f, 1.2f);
            colour = shade > 1 ? mix(colour, 0xFFFFFF, (shade - 1) * 1.5f) : dim(colour, shade);
            canvas.blend(x, y, colour, std::min(1.f, r + 0.5f - distance));
        }
}

} // namespace

void paintSky(Canvas& canvas, const Arena& arena) {
    paintClouds(canvas, arena);
    for (const Planet& planet : arena.planets) paintPlanet(canvas, planet);
}

} // namespace demo
