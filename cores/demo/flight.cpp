// How ships move, and what happens when they touch planets and one another.

#include <algorithm>

#include "world.hpp"

namespace demo {
namespace {

constexpr float thrust = 0.16f, drag = 0.955f, dashSpeed = 5.2f, wallMargin = 6;
constexpr int dashFrames = 14, restFrames = 55, dazedFrames = 32;

Vec stick(uint32_t buttons) {
    Vec v = {float(!!(buttons & Right)) - float(!!(buttons & Left)),
        float(!!(buttons & Down)) - float(!!(buttons & Up))};
    return v.x && v.y ? v * 0.7071f : v;
}

float headingOf(Vec v) {
    constexpr float turn = 6.2831853f;
    return std::round(std::atan2(v.y, v.x) / turn * 8) / 8; // one of eight: any libm agrees
}

void turnTowards(float& heading, float wanted) {
    float difference = wanted - heading;
    difference -= std::round(difference);
    heading += std::clamp(difference, -0.035f, 0.035f);
}

void dash(Game& game, Ship& ship, Vec towards) {
    ship.speed = towards * dashSpeed;
    ship.heading = headingOf(towards);
    ship.dash = dashFrames;
    ship.rest = restFrames;
    game.events |= Dashed;
}

void control(Game& game, Ship& ship) {
    ship.dash = std::max(0, ship.dash - 1);
    ship.rest = std::max(0, ship.rest - 1);
    if (ship.dazed) {
        --ship.dazed;
        ship.heading += 0.03f;
        return;
    }
    const Vec towards = stick(ship.buttons);
    if (towards.x || towards.y) {
        ship.speed += towards * thrust;
        turnTowards(ship.heading, headingOf(towards));
    }
    if ((ship.buttons & Dash) && !ship.rest)
        dash(game, ship, towards.x || towards.y ? towards : direction(ship.heading));
}

void leaveTrail(Game& game, const Ship& ship, uint32_t colour) {
    const bool pushing = ship.buttons & (Up | Down | Left | Right);
    if (!ship.dash && (!pushing || game.frame % 2)) return;
    const Vec back = direction(ship.heading) * -1;
    const Vec tail = ship.at + back * 6 + Vec{random(game, -1, 1), random(game, -1, 1)};
    for (int n = 0; n < (ship.dash ? 3 : 1); ++n) burst(game, tail, 1, 0.5f, ship.dash ? colour : 0xFF9A3C);
}

void stayInside(Game& game, const Arena& arena, Ship& ship) {
    if (arena.wrap) {
        ship.at = wrapped(arena, ship.at);
        return;
    }
    auto bounce = [&](float& at, float& speed, float most) {
        if (at >= wallMargin && at <= most - wallMargin) return;
        at = std::clamp(at, wallMargin, most - wallMargin);
        speed = -speed * 0.8f;
        game.events |= Bounced;
    };
    bounce(ship.at.x, ship.speed.x, float(arena.width));
    bounce(ship.at.y, ship.speed.y, float(arena.height));
}

void bounceOff(Game& game, const Arena& arena, Ship& ship) {
    for (const Planet& planet : arena.planets) {
        const Vec away = ship.at - planet.at;
        const float distance = length(away), least = planet.radius + shipRadius;
        if (distance >= least || distance == 0) continue;
        const Vec normal = away * (1 / distance);
        ship.at = planet.at + normal * least;
        const float inwards = dot(ship.speed, normal);
        if (inwards < -0.8f) game.events |= Bounced;
        if (inwards < 0) ship.speed += normal * (-1.7f * inwards);
    }
}

void rob(Game& game, Ship& victim) {
    const int loot = std::min(victim.score, 3);
    victim.score -= loot;
    victim.dazed = dazedFrames;
    dropStars(game, victim.at, loot);
    burst(game, victim.at, 18, 2.2f, 0xFFFFFF);
    game.events |= Bumped;
    game.shake = 8;
}

// Ships of equal weight swap the speeds along the line between them.
void bump(Game& game, Ship& a, Ship& b, Vec apart, float distance) {
    const Vec normal = apart * (1 / distance);
    const Vec push = normal * ((2 * shipRadius - distance) / 2);
    a.at = a.at - push;
    b.at += push;
    const float closing = dot(a.speed - b.speed, normal);
    if (closing <= 0) return;
    a.speed += normal * -closing;
    b.speed += normal * closing;
    if (a.dash && !b.dash && !b.dazed) rob(game, b);
    if (b.dash && !a.dash && !a.dazed) rob(game, a);
}

void bumpShips(Game& game, const Arena& arena) {
    for (int i = 0; i < seats; ++i)
        for (int j = i + 1; j < seats; ++j) {
            Ship &a = game.ships[i], &b = game.ships[j];
            const Vec apart = way(arena, a.at, b.at);
            const float distance = length(apart);
            if (distance > 0 && distance < 2 * shipRadius) bump(game, a, b, apart, distance);
        }
}

} // namespace

Vec gravity(const Arena& arena, Vec at) {
    Vec sum;
    for (const Planet& planet : arena.planets) {
        const Vec towards = planet.at - at;
        const float distance = std::max(length(towards), planet.radius);
        sum += towards * (planet.pull * planet.radius * 0.05f / (distance * distance));
    }
    return sum;
}

void fly(Game& game, const Arena& arena) {
    for (int seat = 0; seat < seats; ++seat) {
        Ship& ship = game.ships[seat];
        control(game, ship);
        ship.speed += gravity(arena, ship.at);
        if (!ship.dash) ship.speed = ship.speed * drag;
        ship.at += ship.speed;
        leaveTrail(game, ship, shipColours[seat]);
        bounceOff(game, arena, ship);
        stayInside(game, arena, ship);
    }
    bumpShips(game, arena);
}

} // namespace demo
