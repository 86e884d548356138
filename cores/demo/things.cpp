// Stars, the comet, sparks and floating points; and the few helpers that everybody needs.

#include <algorithm>

#include "world.hpp"

namespace demo {
namespace {

constexpr float reach = 13, cometReach = 16;
constexpr int cometPoints = 5, ripeAge = 20; // a star that has just been knocked out cannot be taken

// xorshift32
uint32_t scramble(uint32_t n) {
    n ^= n << 13;
    n ^= n >> 17;
    return n ^ n << 5;
}

// --- stars ---

Star* freeStar(Game& game) {
    auto star =
        std::find_if(game.stars.begin(), game.stars.end(), [](auto& s) { return s.kind == Star::None; });
    return star == game.stars.end() ? nullptr : &*star;
}

int starCount(const Game& game) {
    return int(
        std::count_if(game.stars.begin(), game.stars.end(), [](auto& s) { return s.kind != Star::None; }));
}

void growStar(Game& game, const Arena& arena) {
    Star* star = freeStar(game);
    const Vec at = {random(game, 16, arena.width - 16.f), random(game, 24, arena.height - 16.f)};
    if (!star || insidePlanet(arena, at, 12)) return; // another frame, another place
    *star = {random(game) % 8 ? Star::Silver : Star::Gold, at, {}, ripeAge};
}

void moveStar(const Arena& arena, Star& star) {
    ++star.age;
    star.speed = star.speed * 0.94f;
    star.at = wrapped(arena, star.at + star.speed);
    for (const Planet& planet : arena.planets) {
        const Vec away = star.at - planet.at;
        const float distance = length(away), least = planet.radius + 8;
        if (distance > 0 && distance < least) star.at = planet.at + away * (least / distance);
    }
}

// --- the comet ---

void launchComet(Game& game, const Arena& arena) {
    const bool right = random(game) % 2;
    game.comet.flying = true;
    game.comet.at = {right ? -20.f : arena.width + 20.f, random(game, 0.15f, 0.85f) * arena.height};
    game.comet.speed = {(right ? 1 : -1) * random(game, 1.5f, 2.1f), random(game, -0.5f, 0.5f)};
    game.events |= CometCame;
}

void moveComet(Game& game, const Arena& arena) {
    Comet& comet = game.comet;
    if (!comet.flying) {
        if (--comet.wait <= 0) launchComet(game, arena);
        return;
    }
    comet.at += comet.speed;
    burst(game, comet.at - comet.speed * 3, 2, 0.5f, game.frame % 3 ? 0x66CCFF : 0xFFFFFF);
    if (comet.at.x > -30 && comet.at.x < arena.width + 30) return;
    comet = {.wait = 7 * framesPerSecond, .at = {}, .speed = {}};
}

// --- points ---

void award(Game& game, const Arena& arena, int seat, int points) {
    if (finale(game, arena)) points *= 2;
    Ship& ship = game.ships[seat];
    ship.score += points;
    auto oldest = std::min_element(
        game.labels.begin(), game.labels.end(), [](auto& a, auto& b) { return a.left < b.left; });
    *oldest = {ship.at - Vec{0, 12}, 45, points, seat};
}

void catchComet(Game& game, const Arena& arena, int seat) {
    const Vec at = game.comet.at;
    award(game, arena, seat, cometPoints);
    burst(game, at, 60, 3.5f, 0x99E0FF);
    dropStars(game, at, 6);
    game.comet = {.wait = 8 * framesPerSecond, .at = {}, .speed = {}};
    game.events |= CometCaught;
    game.shake = 12;
}

void takeStars(Game& game, const Arena& arena, int seat) {
    for (Star& star : game.stars) {
        if (star.kind == Star::None || star.age < ripeAge) continue;
        if (length(way(arena, game.ships[seat].at, star.at)) > reach) continue;
        const bool gold = star.kind == Star::Gold;
        award(game, arena, seat, gold ? 3 : 1);
        burst(game, star.at, gold ? 20 : 9, 1.6f, gold ? 0xFFD94A : 0xFFF6B0);
        game.events |= gold ? CollectedGold : Collected;
        star.kind = Star::None;
    }
}

} // namespace

uint32_t random(Game& game) { return game.random = scramble(game.random ? game.random : 1); }

float random(Game& game, float least, float most) {
    return least + (most - least) * float(random(game) >> 8) / float(1 << 24);
}

Vec home(const Arena& arena, int seat) {
    const float x = seat % 2 ? 0.88f : 0.12f, y = seat / 2 ? 0.84f : 0.22f;
    return {x * arena.width, y * arena.height};
}

bool insidePlanet(const Arena& arena, Vec at, float margin) {
    return std::any_of(arena.planets.begin(), arena.planets.end(),
        [&](const Planet& planet) { return length(planet.at - at) < planet.radius + margin; });
}

Vec wrapped(const Arena& arena, Vec at) {
    return {at.x - std::floor(at.x / arena.width) * arena.width,
        at.y - std::floor(at.y / arena.height) * arena.height};
}

Vec way(const Arena& arena, Vec a, Vec b) {
    Vec v = b - a;
    if (arena.wrap) {
        v.x -= std::round(v.x / arena.width) * arena.width;
        v.y -= std::round(v.y / arena.height) * arena.height;
    }
    return v;
}

void moveThings(Game& game, const Arena& arena) {
    if (starCount(game) < arena.stars && game.frame % 12 == 0) growStar(game, arena);
    for (Star& star : game.stars)
        if (star.kind != Star::None) moveStar(arena, star);
    moveComet(game, arena);
    for (Label& label : game.labels)
        if (label.left) --label.left, label.at.y -= 0.4f;
}

void collect(Game& game, const Arena& arena) {
    for (int seat = 0; seat < seats; ++seat) {
        if (game.ships[seat].dazed) continue;
        takeStars(game, arena, seat);
        if (game.comet.flying && length(way(arena, game.ships[seat].at, game.comet.at)) < cometReach)
            catchComet(game, arena, seat);
    }
}

void dropStars(Game& game, Vec at, int count) {
    for (int n = 0; n < count; ++n)
        if (Star* star = freeStar(game))
            *star = {Star::Silver, at, direction(random(game, 0, 1)) * random(game, 2.2f, 3.6f), 0};
}

void burst(Game& game, Vec at, int count, float speed, uint32_t colour) {
    for (Spark& spark : game.sparks) {
        if (!count) return;
        if (spark.left) continue;
        const uint16_t life = uint16_t(16 + random(game) % 24);
        spark = {at, direction(random(game, 0, 1)) * (random(game, 0.15f, 1) * speed), life, life, colour};
        --count;
    }
}

void fadeSparks(Game& game) {
    for (Spark& spark : game.sparks) {
        if (!spark.left) continue;
        --spark.left;
        spark.at += spark.speed;
        spark.speed = spark.speed * 0.95f;
    }
}

} // namespace demo
