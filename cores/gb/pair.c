#include "pair.h"

#include "board.h"
#include "gb.h"

struct Pair pair;
uint8_t nextFirst, nextSecond;

static const int8_t sidesX[4] = {0, 1, 0, -1}, sidesY[4] = {-1, 0, 1, 0};
static uint16_t seed = 0xACE1;

/* Sixteen-bit xorshift, stirred by the clock: nobody presses a button at the same moment twice. */
static uint8_t random(void) {
    seed ^= DIVIDER;
    if (!seed) seed = 1;
    seed ^= seed << 7;
    seed ^= seed >> 9;
    seed ^= seed << 8;
    return seed >> 4;
}

int8_t sideX(void) { return sidesX[pair.side]; }
int8_t sideY(void) { return sidesY[pair.side]; }

static uint8_t isFree(uint8_t column, int16_t row) {
    if (row < 0) return column > 0 && column <= COLUMNS;
    return cells[(uint8_t)row * STRIDE + column] == EMPTY;
}

static uint8_t fitsOne(uint8_t column, int16_t y) { return isFree(column, y >> 4) && isFree(column, (y + 15) >> 4); }

static uint8_t fits(uint8_t column, int16_t y, uint8_t side) {
    return fitsOne(column, y) && fitsOne(column + sidesX[side], y + sidesY[side] * 16);
}

static void think(uint8_t kinds) {
    nextFirst = random() % kinds + 1;
    nextSecond = random() % kinds + 1;
}

void dealFirst(uint8_t kinds) { think(kinds); }

void deal(uint8_t kinds) {
    pair.column = 3;
    pair.y = 0;
    pair.side = 0;
    pair.first = nextFirst;
    pair.second = nextSecond;
    think(kinds);
}

uint8_t shift(int8_t columns) {
    if (!fits(pair.column + columns, pair.y, pair.side)) return 0;
    pair.column += columns;
    return 1;
}

void turn(uint8_t quarters) {
    const uint8_t side = (pair.side + quarters) & 3;
    const int16_t up = pair.y & ~15;
    if (fits(pair.column, pair.y, side)) pair.side = side;
    else if (fits(pair.column - sidesX[side], pair.y, side)) pair.column -= sidesX[side], pair.side = side;
    else if (fits(pair.column, up, side)) pair.y = up, pair.side = side;
    else if (fits(pair.column, pair.y, (side + quarters) & 3)) pair.side = (side + quarters) & 3;
}

uint8_t fall(void) {
    if (!fits(pair.column, pair.y + 1, pair.side)) return 0;
    ++pair.y;
    return 1;
}

int16_t depth(void) {
    int16_t y = pair.y & ~15;
    while (fits(pair.column, y + 16, pair.side)) y += 16;
    return y > pair.y ? y : pair.y;
}

static void put(uint8_t column, int8_t row, uint8_t kind) {
    if (row >= 0) cells[row * STRIDE + column] = kind;
}

void land(void) {
    const int8_t row = (pair.y + 8) >> 4;
    put(pair.column, row, pair.first);
    put(pair.column + sideX(), row + sideY(), pair.second);
}
