// Words and numbers: scores, clock, title, countdown, results.

#include <algorithm>
#include <numeric>
#include <string>

#include "scene.hpp"
#include "sprites.hpp"
#include "world.hpp"

namespace demo {
namespace {

constexpr Colour white = 0xFFFFFF, grey = 0xA9B4D0, gold = 0xFFD23F, red = 0xFF5D5D, night = 0x05050F;

std::string nameOf(const Game& game, int seat) {
    return game.ships[seat].human ? "PLAYER " + std::to_string(seat + 1) : "BOT " + std::to_string(seat + 1);
}

bool blinking(const Game& game) { return game.frame / 30 % 3; }

void drawScores(Canvas& canvas, const Game& game) {
    constexpr int clockWidth = 52;
    const int width = (canvas.width() - clockWidth) / seats;
    for (int seat = 0; seat < seats; ++seat) {
        const Ship& ship = game.ships[seat];
        const int x = seat * width + (seat >= seats / 2 ? clockWidth : 0) + 3;
        canvas.fill(x, 3, width - 6, 13, night, 0.6f);
        canvas.fill(x, 3, 3, 13, shipColours[seat]);
        canvas.text(x + 7, 6, ship.human ? "P" + std::to_string(seat + 1) : "BOT",
            ship.human ? shipColours[seat] : grey);
        const std::string score = std::to_string(ship.score);
        canvas.text(x + width - 10 - Canvas::textWidth(score), 6, score, white);
        const int rested = (width - 9) * (55 - ship.rest) / 55; // how far the next dash is loaded
        canvas.fill(x + 3, 15, rested, 1, shipColours[seat]);
    }
}

void drawClock(Canvas& canvas, const Game& game, const Arena& arena) {
    const int left = (framesLeft(game, arena) + framesPerSecond - 1) / framesPerSecond;
    const bool hurry = finale(game, arena);
    canvas.centred(4, std::to_string(left), hurry && game.frame / 8 % 2 ? red : white, 2);
    if (hurry) canvas.centred(22, "DOUBLE POINTS!", game.frame / 8 % 2 ? gold : white);
    if (game.phase == Phase::Play && game.comet.flying && game.frame / 10 % 2)
        canvas.centred(34, "COMET!", 0x9BE1FF);
}

// Letters ride a wave, bright at the top and warm below.
void drawLogo(Canvas& canvas, const Game& game, const std::string& words, int y) {
    const int scale = Canvas::textWidth(words, 4) < canvas.width() - 20 ? 4 : 2;
    int x = (canvas.width() - Canvas::textWidth(words, scale)) / 2;
    for (size_t n = 0; n < words.size(); ++n, x += 6 * scale) {
        const int lift = int(4 * wave(game.frame / 120.f - n * 0.06f));
        const Colour colour = mix(gold, 0xFF7AC6, 0.5f + 0.5f * wave(game.frame / 200.f + n * 0.05f));
        canvas.text(x + 1, y + lift + 2, words.substr(n, 1), 0x5A1E66, scale);
        canvas.text(x, y + lift, words.substr(n, 1), colour, scale);
    }
}

std::string upper(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
    return text;
}

void drawSeats(Canvas& canvas, const Game& game, int y) {
    const int width = canvas.width() / seats;
    for (int seat = 0; seat < seats; ++seat) {
        const bool human = game.ships[seat].human;
        const std::string words = human ? "READY" : "BOT";
        const Ink inks[] = {{'L', shipColours[seat]}, {'D', dim(shipColours[seat], 0.55f)}, {'W', white},
            {'G', 0x7FE9FF}, {'K', 0x2A2A3A}, {'O', 0xFFB04A}};
        const int middle = seat * width + width / 2;
        canvas.fill(middle - 30, y, 60, 36, night, 0.55f);
        canvas.fill(middle - 30, y + 35, 60, 1, shipColours[seat]);
        canvas.turned(shipSprite, inks, {float(middle), y + 13.f}, 0.75f + (human ? game.frame / 90.f : 0));
        canvas.text(middle - Canvas::textWidth(words) / 2, y + 25, words, human ? shipColours[seat] : grey);
    }
}

void drawTitle(Canvas& canvas, const Game& game, const Arena& arena) {
    const int h = canvas.height();
    canvas.fill(0, 0, canvas.width(), h, night, 0.35f);
    drawLogo(canvas, game, upper(arena.name), h * 16 / 100);
    canvas.centred(h * 38 / 100, "CATCH STARS AND COMETS - DASH INTO THE OTHERS", white);
    drawSeats(canvas, game, h * 48 / 100);
    canvas.centred(h * 69 / 100, "ANY BUTTON JOINS   A: DASH", grey);
    if (blinking(game)) canvas.centred(h * 77 / 100, "PRESS START", gold, 2);
    if (game.best) canvas.centred(h * 90 / 100, "RECORD " + std::to_string(game.best), 0x9BE1FF);
}

void drawCountdown(Canvas& canvas, const Game& game) {
    const int number = 3 - game.time / framesPerSecond;
    const int scale = 8 - game.time % framesPerSecond / 12;
    canvas.centred(canvas.height() / 2 - scale * 4, std::to_string(std::max(1, number)), gold, scale);
}

std::array<int, seats> ranking(const Game& game) {
    std::array<int, seats> order;
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(
        order.begin(), order.end(), [&](int a, int b) { return game.ships[a].score > game.ships[b].score; });
    return order;
}

void drawBar(Canvas& canvas, const Game& game, int seat, int place, int top) {
    const int most = std::max(1, game.ships[ranking(game)[0]].score), score = game.ships[seat].score;
    const int left = canvas.width() / 2 - 90, full = 90;
    const float grown = std::min(1.f, std::max(0.f, (game.time - 15 - place * 8) / 50.f));
    canvas.text(left, top, nameOf(game, seat), shipColours[seat]);
    canvas.fill(left + 60, top - 1, full, 9, dim(shipColours[seat], 0.25f));
    canvas.fill(left + 60, top - 1, int(full * score * grown / most), 9, shipColours[seat]);
    canvas.text(left + 157, top, std::to_string(int(score * grown)), white);
}

std::string verdict(const Game& game) {
    const auto order = ranking(game);
    if (game.ships[order[0]].score == game.ships[order[1]].score) return "A DRAW!";
    return nameOf(game, order[0]) + " WINS!";
}

void drawResults(Canvas& canvas, const Game& game) {
    const int h = canvas.height(), middle = canvas.width() / 2;
    canvas.fill(middle - 108, h / 5, 216, h * 66 / 100, night, 0.72f);
    const auto order = ranking(game);
    canvas.centred(h / 5 + 9, verdict(game), mix(shipColours[order[0]], white, 0.25f), 2);
    for (int place = 0; place < seats; ++place)
        drawBar(canvas, game, order[place], place, h / 5 + 38 + place * 16);
    if (game.record) canvas.centred(h / 5 + 106, "NEW RECORD!", game.frame / 10 % 2 ? gold : white);
    if (game.time > 120 && blinking(game)) canvas.centred(h / 5 + 122, "PRESS START", gold);
}

} // namespace

void drawOverlay(Canvas& canvas, const Game& game, const Arena& arena) {
    if (game.phase == Phase::Title) return drawTitle(canvas, game, arena);
    drawScores(canvas, game);
    drawClock(canvas, game, arena);
    if (game.phase == Phase::Countdown) drawCountdown(canvas, game);
    if (game.phase == Phase::Play && game.time < 45) canvas.centred(canvas.height() / 2 - 16, "GO!", gold, 5);
    if (game.phase == Phase::Results) drawResults(canvas, game);
}

} // namespace demo
