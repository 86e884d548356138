#include "scene.hpp"

#include <algorithm>
#include <string>

#include "sprites.hpp"
#include "world.hpp"

namespace demo {
namespace {

// Inks of a ship: the first match counts, so its own colours may stand before the common ones.
std::vector<Ink> shipInks(Colour colour) {
    std::vector<Ink> inks = {{'L', colour}, {'D', dim(colour, 0.55f)}};
    inks.insert(inks.end(), commonInks.begin(), commonInks.end());
    return inks;
}

// Far stars drift slowly, near ones faster and brighter.
void drawParallax(Canvas& canvas, const Arena& arena, uint32_t frame) {
    constexpr int layers = 3, starsInLayer = 34;
    uint32_t n = 12345;
    auto next = [&n](uint32_t below) { return (n = n * 1664525 + 1013904223) / 65536 % below; };
    for (int layer = 0; layer < layers; ++layer)
        for (int star = 0; star < starsInLayer; ++star) {
            const float speed = 0.03f * (layer + 1) * (layer + 1);
            const float along = next(canvas.width()) + frame * speed;
            const int x = int(along) % canvas.width(), y = int(next(canvas.height()));
            if (insidePlanet(arena, {float(x), float(y)}, 1)) continue;
            const float twinkle = 0.75f + 0.25f * wave(frame / 90.f + star * 0.13f);
            const Colour light = dim(star % 5 ? 0xCFE3FF : 0xFFD9B0, twinkle * (0.25f + 0.22f * layer));
            canvas.add(x, y, light);
            if (layer < 2) continue;
            canvas.add(x - 1, y, dim(light, 0.35f));
            canvas.add(x + 1, y, dim(light, 0.35f));
        }
}

void drawStar(Canvas& canvas, const Star& star, uint32_t frame) {
    const bool gold = star.kind == Star::Gold;
    const float grow = std::min(1.f, (star.age + 1) / 30.f),
                beat = 1 + 0.12f * wave(frame / 50.f + star.at.x / 40);
    const Ink silver[] = {{'Y', 0xB9D4FF}, {'W', 0xFFFFFF}};
    canvas.glow(star.at, (gold ? 15 : 11) * grow * beat, gold ? 0xA86A10 : 0x3A5A90);
    const float lean = 0.75f + 0.04f * wave(frame / 110.f + star.at.y / 30);
    canvas.turned(starSprite, gold ? commonInks : std::span<const Ink>(silver), star.at, lean,
        (gold ? 1.15f : 0.85f) * grow * beat);
}

void drawSpark(Canvas& canvas, const Spark& spark) {
    const float strength = float(spark.left) / spark.life;
    const int x = int(spark.at.x), y = int(spark.at.y);
    canvas.add(x, y, dim(spark.colour, strength));
    for (auto [dx, dy] : {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}})
        canvas.add(x + dx, y + dy, dim(spark.colour, strength * 0.4f));
}

void drawLabel(Canvas& canvas, const Label& label) {
    if (!label.left) return;
    const std::string text = "+" + std::to_string(label.points);
    const int scale = label.points > 3 ? 2 : 1;
    canvas.text(int(label.at.x) - Canvas::textWidth(text, scale) / 2, int(label.at.y) - 6, text,
        mix(shipColours[label.seat], 0xFFFFFF, 0.4f), scale);
}

// Where something near an edge is seen: also at the other side of an arena that wraps.
template <class Draw> void everywhere(const Arena& arena, Vec at, float radius, Draw draw) {
    draw(at);
    if (!arena.wrap) return;
    if (at.x < radius) draw(at + Vec{float(arena.width), 0});
    if (at.x > arena.width - radius) draw(at - Vec{float(arena.width), 0});
    if (at.y < radius) draw(at + Vec{0, float(arena.height)});
    if (at.y > arena.height - radius) draw(at - Vec{0, float(arena.height)});
}

} // namespace

Scene::Scene(const Arena& arena)
    : arena_(arena),
      sky_(arena.width, arena.height),
      canvas_(arena.width, arena.height) {
    paintSky(sky_, arena_);
}

const Canvas& Scene::draw(const Game& game) {
    drawSky(game);
    drawThings(game);
    if (game.shake) canvas_.shift(int(game.frame * 7 % 5) - 2, int(game.frame * 3 % 5) - 2);
    drawOverlay(canvas_, game, arena_);
    return canvas_;
}

void Scene::drawSky(const Game& game) {
    canvas_.copy(sky_);
    drawParallax(canvas_, arena_, game.frame);
    if (arena_.wrap) return;
    const Colour wall = mix(arena_.nebula, 0xFFFFFF, 0.3f);
    canvas_.fill(0, 0, arena_.width, 2, wall);
    canvas_.fill(0, arena_.height - 2, arena_.width, 2, wall);
    canvas_.fill(0, 0, 2, arena_.height, wall);
    canvas_.fill(arena_.width - 2, 0, 2, arena_.height, wall);
}

void Scene::drawThings(const Game& game) {
    for (const Star& star : game.stars)
        if (star.kind != Star::None) drawStar(canvas_, star, game.frame);
    for (const Spark& spark : game.sparks)
        if (spark.left) drawSpark(canvas_, spark);
    drawComet(game);
    for (int seat = 0; seat < seats; ++seat) drawShip(game, seat);
    for (const Label& label : game.labels) drawLabel(canvas_, label);
}

void Scene::drawShip(const Game& game, int seat) {
    const Ship& ship = game.ships[seat];
    const bool white = ship.dazed && game.frame / 4 % 2;
    const auto inks = shipInks(white ? 0xFFFFFF : shipColours[seat]);
    everywhere(arena_, ship.at, 16, [&](Vec at) {
        canvas_.glow(at, ship.dash ? 24 : 15, dim(shipColours[seat], ship.dash ? 0.8f : 0.3f));
        canvas_.turned(shipSprite, inks, at, ship.heading, 1.15f);
    });
    const int x = int(ship.at.x), y = int(ship.at.y);
    if (leader(game) == seat) canvas_.sprite(crownSprite, commonInks, x - 3, y - 16);
    if (ship.human) canvas_.text(x - 5, y + 11, "P" + std::to_string(seat + 1), shipColours[seat]);
}

void Scene::drawComet(const Game& game) {
    if (!game.comet.flying) return;
    const Vec at = game.comet.at, back = game.comet.speed * -4;
    for (int n = 7; n > 0; --n)
        canvas_.glow(at + back * float(n), 13 - n * 1.2f, dim(0x2E6FE0, 0.7f - n * 0.07f));
    canvas_.glow(at, 22, 0x3F7FD0);
    canvas_.turned(cometSprite, commonInks, at, game.frame / 60.f);
}

} // namespace demo
