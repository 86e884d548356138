// Bots fly to what is near, go round planets, and now and then ram the leader. They think again only
// a few times a second, which makes them look human, and beatable.

#include <algorithm>
#include <limits>

#include "world.hpp"

namespace demo {
namespace {

constexpr int thinkEvery = 13;

struct Choice {
    Vec way;
    float worth = std::numeric_limits<float>::max(); // a distance: less is better

    void consider(Vec other, float cost) {
        if (cost < worth) *this = {other, cost};
    }
};

Choice nearestThing(const Game& game, const Arena& arena, const Ship& ship) {
    Choice choice;
    for (const Star& star : game.stars) {
        if (star.kind == Star::None) continue;
        const Vec v = way(arena, ship.at, star.at);
        choice.consider(v, length(v) * (star.kind == Star::Gold ? 0.6f : 1));
    }
    if (game.comet.flying) {
        const Vec v = way(arena, ship.at, game.comet.at + game.comet.speed * 20);
        choice.consider(v, length(v) * 0.5f);
    }
    return choice;
}

// Pushes sideways when a planet lies ahead.
Vec aroundPlanets(const Arena& arena, Vec at, Vec wanted) {
    const float distance = length(wanted);
    if (distance == 0) return wanted;
    const Vec ahead = wanted * (1 / distance);
    for (const Planet& planet : arena.planets) {
        const Vec towards = planet.at - at;
        const float along = dot(towards, ahead), across = towards.x * ahead.y - towards.y * ahead.x;
        const float clearance = planet.radius + 14;
        if (along < 0 || along > std::min(distance, clearance + 40) || std::abs(across) > clearance) continue;
        const float side = across > 0 ? 1 : -1;
        wanted += Vec{-ahead.y * side, ahead.x * side} * (clearance * 1.5f);
    }
    return wanted;
}

uint32_t towards(Vec v) {
    const float x = std::abs(v.x), y = std::abs(v.y);
    uint32_t buttons = 0;
    if (x > y * 0.41f) buttons |= v.x > 0 ? Right : Left; // tan 22.5 degrees: the nearest of eight
    if (y > x * 0.41f) buttons |= v.y > 0 ? Down : Up;
    return buttons;
}

bool wantsToRam(Game& game, const Arena& arena, int seat) {
    const int victim = leader(game);
    if (victim < 0 || victim == seat || game.ships[seat].rest) return false;
    const Vec v = way(arena, game.ships[seat].at, game.ships[victim].at);
    return length(v) < 55 && random(game) % 3 == 0;
}

} // namespace

uint32_t think(Game& game, const Arena& arena, int seat) {
    const Ship& ship = game.ships[seat];
    if ((game.frame + uint32_t(seat) * 2) % thinkEvery) return ship.buttons & ~(Dash | Start);
    if (wantsToRam(game, arena, seat))
        return towards(way(arena, ship.at, game.ships[leader(game)].at)) | Dash;

    if (random(game) % 4 == 0) return 0; // dreaming

    const Choice choice = nearestThing(game, arena, ship);
    if (choice.worth == std::numeric_limits<float>::max()) return 0;
    // Where it will be anyway counts: without this they circle around what they want.
    const Vec wanted = choice.way - ship.speed * 9 - gravity(arena, ship.at) * 60;
    uint32_t buttons = towards(aroundPlanets(arena, ship.at, wanted));
    if (length(choice.way) > 110 && !ship.rest && random(game) % 12 == 0) buttons |= Dash;
    return buttons;
}

} // namespace demo
