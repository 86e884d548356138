// Pieces of the rules, shared by game.cpp, flight.cpp and things.cpp.
#pragma once

#include "game.hpp"

namespace demo {

// Random numbers come from the state, never from outside.
uint32_t random(Game& game);
float random(Game& game, float least, float most);

// Where a ship of this seat waits for the start.
Vec home(const Arena& arena, int seat);
bool insidePlanet(const Arena& arena, Vec at, float margin);

// The shortest way from a to b, which may lead over the edge of an arena that wraps.
Vec way(const Arena& arena, Vec a, Vec b);
Vec wrapped(const Arena& arena, Vec at);

// flight.cpp: ships, and what they run into.
void fly(Game& game, const Arena& arena);
Vec gravity(const Arena& arena, Vec at);

// things.cpp: stars, the comet, and what is only for the eye.
void moveThings(Game& game, const Arena& arena);
void collect(Game& game, const Arena& arena);
void dropStars(Game& game, Vec at, int count);
void burst(Game& game, Vec at, int count, float speed, uint32_t colour);
void fadeSparks(Game& game);

// bot.cpp: the buttons that a bot presses.
uint32_t think(Game& game, const Arena& arena, int seat);

extern const std::array<uint32_t, seats> shipColours;

} // namespace demo
