// Positions and velocities, in pixels and pixels per frame.
#pragma once

#include <cmath>

namespace demo {

struct Vec {
    float x = 0, y = 0;
};

inline Vec operator+(Vec a, Vec b) { return {a.x + b.x, a.y + b.y}; }
inline Vec operator-(Vec a, Vec b) { return {a.x - b.x, a.y - b.y}; }
inline Vec operator*(Vec a, float n) { return {a.x * n, a.y * n}; }
inline Vec& operator+=(Vec& a, Vec b) { return a = a + b; }
inline float dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y; }
inline float length(Vec a) { return std::sqrt(dot(a, a)); }

// A sine of our own, for libm's may differ from machine to machine, and a game that moves to another
// machine has to go on as it was. Turns, not radians; two parabolas are close enough.
inline float wave(float turns) {
    float t = turns - std::floor(turns);
    return t < 0.5f ? 16 * t * (0.5f - t) : -16 * (t - 0.5f) * (1 - t);
}

inline Vec direction(float turns) { return {wave(turns + 0.25f), wave(turns)}; }

} // namespace demo
