#include "game.hpp"

#include <algorithm>

#include "world.hpp"

namespace demo {

const std::array<uint32_t, seats> shipColours = {0xFF5D5D, 0x4DA6FF, 0x6BE36B, 0xFFC845};

namespace {

constexpr int countdownFrames = 3 * framesPerSecond;
constexpr int resultsAtLeast = 2 * framesPerSecond; // nobody skips them by accident
constexpr int resultsAtMost = 30 * framesPerSecond;
constexpr int idleFrames = 30 * framesPerSecond; // then a bot takes the seat over
constexpr int finaleFrames = 10 * framesPerSecond;

void enter(Game& game, Phase phase) {
    game.phase = phase;
    game.time = 0;
}

void placeShips(Game& game, const Arena& arena) {
    for (int seat = 0; seat < seats; ++seat) {
        Ship& ship = game.ships[seat];
        ship = {.at = home(arena, seat), .speed = {}, .human = ship.human, .idle = ship.idle};
    }
}

void prepareRound(Game& game, const Arena& arena) {
    placeShips(game, arena);
    game.stars.fill({});
    game.sparks.fill({});
    game.labels.fill({});
    game.comet = {.wait = 6 * framesPerSecond, .at = {}, .speed = {}};
    game.record = false;
}

bool anybody(const Pads& pads, Button button) {
    return std::any_of(pads.begin(), pads.end(), [&](uint8_t pad) { return pad & button; });
}

// The first button takes a seat; a long time without any gives it back.
void seatPlayers(Game& game, const Pads& pads) {
    for (int seat = 0; seat < seats; ++seat) {
        Ship& ship = game.ships[seat];
        ship.idle = pads[seat] ? 0 : ship.idle + 1;
        if (pads[seat] && !ship.human) {
            ship.human = true;
            game.events |= Joined;
        }
        if (ship.idle > idleFrames) ship.human = false;
    }
}

void steer(Game& game, const Arena& arena, const Pads& pads) {
    for (int seat = 0; seat < seats; ++seat)
        game.ships[seat].buttons = game.ships[seat].human ? pads[seat] : think(game, arena, seat);
}

void playFrame(Game& game, const Arena& arena, const Pads& pads) {
    steer(game, arena, pads);
    fly(game, arena);
    moveThings(game, arena);
    collect(game, arena);
}

void finish(Game& game) {
    for (const Ship& ship : game.ships)
        if (ship.human && ship.score > game.best) {
            game.best = ship.score;
            game.record = true;
        }
    game.labels.fill({});
    game.events |= Ended;
    enter(game, Phase::Results);
}

void startRound(Game& game, const Arena& arena) {
    prepareRound(game, arena);
    game.events |= Ticked;
    enter(game, Phase::Countdown);
}

void title(Game& game, const Arena& arena, const Pads& pads) {
    const bool start = anybody(pads, Start);
    playFrame(game, arena, pads); // bots show what it is about, and who has joined may practise
    if (start && game.time > 10) startRound(game, arena);
}

void countdown(Game& game) {
    if (game.time % framesPerSecond == 0 && game.time < countdownFrames) game.events |= Ticked;
    if (game.time < countdownFrames) return;
    game.events |= Went;
    enter(game, Phase::Play);
}

void play(Game& game, const Arena& arena, const Pads& pads) {
    playFrame(game, arena, pads);
    const int left = framesLeft(game, arena);
    if (left <= 5 * framesPerSecond && left % framesPerSecond == 0 && left > 0) game.events |= Ticked;
    if (left <= 0) finish(game);
}

void celebrate(Game& game, const Arena& arena) {
    if (game.time % 24 != 1) return;
    Vec at = {random(game, 0.1f, 0.9f) * arena.width, random(game, 0.1f, 0.6f) * arena.height};
    burst(game, at, 36, 2.4f, shipColours[random(game) % seats]);
}

void results(Game& game, const Arena& arena, const Pads& pads) {
    celebrate(game, arena);
    if (game.time > resultsAtLeast && anybody(pads, Start)) return startRound(game, arena);
    if (game.time > resultsAtMost) begin(game, arena);
}

} // namespace

void begin(Game& game, const Arena& arena) {
    prepareRound(game, arena);
    enter(game, Phase::Title);
}

void step(Game& game, const Arena& arena, const Pads& pads) {
    game.events = 0;
    ++game.frame;
    ++game.time;
    game.shake = std::max(0, game.shake - 1);
    seatPlayers(game, pads);
    switch (game.phase) {
    case Phase::Title:
        title(game, arena, pads);
        break;
    case Phase::Countdown:
        countdown(game);
        break;
    case Phase::Play:
        play(game, arena, pads);
        break;
    case Phase::Results:
        results(game, arena, pads);
        break;
    }
    fadeSparks(game);
}

int framesLeft(const Game& game, const Arena& arena) {
    if (game.phase == Phase::Play) return std::max(0, arena.seconds * framesPerSecond - game.time);
    return game.phase == Phase::Results ? 0 : arena.seconds * framesPerSecond;
}

int leader(const Game& game) {
    int best = -1, most = 0;
    for (int seat = 0; seat < seats; ++seat)
        if (game.ships[seat].score > most) {
            best = seat;
            most = game.ships[seat].score;
        }
    return best;
}

bool finale(const Game& game, const Arena& arena) {
    return game.phase == Phase::Play && framesLeft(game, arena) <= finaleFrames;
}

} // namespace demo
