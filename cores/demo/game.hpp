// The rules. Pure: the same state, arena and buttons always make the same next state.
//
// A ship flies in eight directions and can dash. Stars are points. A comet that crosses the arena is
// worth more, and bursts into stars. Dashing into somebody knocks stars out of them. Seats that
// nobody plays are flown by bots.
#pragma once

#include <array>
#include <cstdint>

#include "arena.hpp"
#include "vec.hpp"

namespace demo {

constexpr int seats = 4, framesPerSecond = 60;
constexpr float shipRadius = 7;

// Buttons of one seat.
enum Button : uint8_t { Up = 1, Down = 2, Left = 4, Right = 8, Dash = 16, Start = 32 };
using Pads = std::array<uint8_t, seats>;

// A bool as wide as its neighbours: no padding, so equal states are equal bytes.
using Flag = uint32_t;

enum class Phase : uint32_t { Title, Countdown, Play, Results };

struct Ship {
    Vec at, speed;
    float heading = 0.75f; // turns; 0 is right, 0.75 is up
    Flag human = false;
    int idle = 0;  // frames since a human's last button
    int dash = 0;  // frames that the dash still lasts
    int rest = 0;  // frames until the next dash
    int dazed = 0; // frames until it can steer again
    int score = 0;
    uint32_t buttons = 0; // of this frame, a human's or a bot's
};

struct Star {
    enum Kind : uint32_t { None, Silver, Gold };
    Kind kind = None;
    Vec at, speed;
    int age = 0;
};

struct Comet {
    Flag flying = false;
    int wait = 0;
    Vec at, speed;
};

struct Spark {
    Vec at, speed;
    uint16_t left = 0, life = 1;
    uint32_t colour = 0;
};

struct Label {
    Vec at;
    int left = 0;
    int points = 0;
    int seat = 0;
};

// What happened in this frame, for the ears: bits.
enum Event : uint32_t {
    Collected = 1,
    CollectedGold = 2,
    Dashed = 4,
    Bumped = 8,
    CometCame = 16,
    CometCaught = 32,
    Ticked = 64,
    Went = 128,
    Ended = 256,
    Joined = 512,
    Bounced = 1024,
};

// All of it: plain data, so that a snapshot is a copy.
struct Game {
    Phase phase = Phase::Title;
    int time = 0;       // frames in this phase
    uint32_t frame = 0; // since the beginning
    uint32_t random = 1;
    uint32_t events = 0;
    int best = 0;        // the best score of a human, ever
    Flag record = false; // set in this round
    int shake = 0;
    std::array<Ship, seats> ships;
    std::array<Star, 48> stars;
    Comet comet;
    std::array<Spark, 320> sparks;
    std::array<Label, 12> labels;
};

void begin(Game& game, const Arena& arena);
void step(Game& game, const Arena& arena, const Pads& pads);

int framesLeft(const Game& game, const Arena& arena);
int leader(const Game& game);                      // seat with the most points; -1 when nobody has any
bool finale(const Game& game, const Arena& arena); // the last seconds, in which points count double

} // namespace demo
