/* Jelly Well: pairs of jellies fall into a well. Four or more of a kind that touch each other pop, and
 * what falls then may pop again: a chain, which is worth much more. */

#include "board.h"
#include "frame.h"
#include "gb.h"
#include "pair.h"
#include "save.h"
#include "sound.h"
#include "tiles.h"
#include "video.h"

enum { PANEL = 13, BRICK_COLUMN = 12, SCREEN_COLUMNS = 20, SCREEN_LINES = 18 };
enum { REST_FRAMES = 24, POP_FRAMES = 32, POPS_FOR_LEVEL = 24, LAST_LEVEL = 15 };

static uint16_t score, best;  /* in tens */
static uint8_t level, pops, chain;
static uint8_t shown[CELLS];  /* what the background shows, to change only what differs */

/* --- the well --- */

static uint8_t pictureOf(uint8_t cell, uint8_t flash) {
    if (doomed[cell] && flash) return TILE_BURST;
    return cells[cell] == EMPTY ? TILE_SPACE : jellyTile(cells[cell]);
}

static void drawCell(uint8_t cell, uint8_t tile) {
    const uint8_t column = ((cell & 7) - 1) << 1, line = ((cell >> 3) - 1) << 1;
    if (tile != TILE_SPACE) {
        putPicture(column, line, tile, cells[cell]);
        return;
    }
    for (uint8_t n = 0; n < 4; ++n) put(column + (n & 1), line + (n >> 1), TILE_SPACE, WORDS);
}

/* Five cells at most: more do not get through in one vertical blank. */
static void drawWell(uint8_t flash) {
    uint8_t budget = 5;
    for (uint8_t cell = STRIDE + 1; cell < CELLS - STRIDE && budget; ++cell) {
        if (cells[cell] == WALL) continue;
        const uint8_t tile = pictureOf(cell, flash);
        if (shown[cell] == tile) continue;
        shown[cell] = tile;
        drawCell(cell, tile);
        --budget;
    }
}

static void drawJelly(uint8_t column, int16_t y, uint8_t kind) {
    drawSprite((column - 1) << 4, y - 16, jellyTile(kind), kind);
}

static void drawPair(void) {
    const int16_t ground = depth();
    drawJelly(pair.column, pair.y, pair.first);
    drawJelly(pair.column + sideX(), pair.y + sideY() * 16, pair.second);
    if (ground - pair.y < 16 || frames & 1) return;  /* where it would land, half transparent */
    drawSprite((pair.column - 1) << 4, ground - 16, TILE_GHOST_SHAPE, pair.first);
    drawSprite((pair.column + sideX() - 1) << 4, ground - 16 + sideY() * 16, TILE_GHOST_SHAPE, pair.second);
}

/* --- the panel --- */

static void drawScore(void) {
    printNumber(PANEL, 8, score);
    print(PANEL + 5, 8, "0");
}

static void drawLevel(void) {
    put(PANEL + 3, 11, level / 10 + '0' - ' ', WORDS);
    put(PANEL + 4, 11, level % 10 + '0' - ' ', WORDS);
}

static void drawNext(void) {
    putPicture(PANEL + 2, 2, jellyTile(nextSecond), nextSecond);
    putPicture(PANEL + 2, 4, jellyTile(nextFirst), nextFirst);
}

static void drawChain(void) {
    if (chain < 2) {
        print(PANEL, 16, "      ");
        return;
    }
    print(PANEL, 16, "CHAIN");
    put(PANEL + 5, 16, chain + '0' - ' ', WORDS);
}

static void drawFrame(void) {
    for (uint8_t line = 0; line < SCREEN_LINES; ++line) put(BRICK_COLUMN, line, TILE_BRICK, BRICKS);
    print(PANEL + 1, 1, "NEXT");
    print(PANEL, 7, "SCORE");
    print(PANEL, 10, "LEVEL");
    print(PANEL, 13, "BEST");
    printNumber(PANEL, 14, best);
    print(PANEL + 5, 14, "0");
    drawScore();
    drawLevel();
}

/* --- a game --- */

static uint8_t kinds(void) { return level < 4 ? 4 : KINDS; }

static uint8_t speed(void) { return 4 + level * 3; }  /* sixteenths of a pixel in a frame */

static void steer(void) {
    if (repeated(LEFT) && shift(-1)) effect(MOVED, 0);
    if (repeated(RIGHT) && shift(1)) effect(MOVED, 0);
    if (pressed & A) turn(1), effect(TURNED, 0);
    if (pressed & B) turn(3), effect(TURNED, 0);
}

static void pauseGame(void) {
    print(PANEL, 16, "PAUSE ");
    stopTune();
    do frame();
    while (!(pressed & START));
    startTune(1);
    drawChain();
}

/* One pair, from the top until it rests. */
static void dropPair(void) {
    static uint8_t fraction;
    uint8_t rest = 0;
    while (rest < REST_FRAMES) {
        if (pressed & START) pauseGame();
        steer();
        if (pressed & UP) {
            pair.y = depth();
            break;
        }
        fraction += held & DOWN ? 64 : speed();
        for (; fraction >= 16; fraction -= 16)
            if (fall()) rest = 0;
        rest = pair.y == depth() ? rest + (held & DOWN ? 6 : 1) : 0;
        drawPair();
        drawWell(0);
        frame();
    }
    land();
    effect(LANDED, 0);
    drawWell(0);
    frame();  /* a button counts for one pair only */
}

static void sinkAll(void) {
    while (sink())
        for (uint8_t n = 0; n < 3; ++n) {
            drawWell(0);
            frame();
        }
}

static void flashGroups(void) {
    for (uint8_t n = 0; n < POP_FRAMES; ++n) {
        drawWell(n & 8);
        frame();
    }
}

static void addPops(uint8_t count) {
    pops += count;
    if (pops < POPS_FOR_LEVEL || level == LAST_LEVEL) return;
    pops -= POPS_FOR_LEVEL;
    ++level;
    drawLevel();
    effect(LEVEL_UP, 0);
}

/* Each link of a chain is worth twice the one before. */
static void addScore(uint8_t count) {
    uint16_t points = count + (count > 4 ? (count - 4) << 1 : 0);
    points <<= chain - 1;
    score = score + points < score ? 65535 : score + points;
    drawScore();
}

static void settle(void) {
    uint8_t count;
    chain = 0;
    sinkAll();
    while ((count = findGroups()) != 0) {
        if (chain < 8) ++chain;
        effect(POPPED, chain << 1);
        drawChain();
        flashGroups();
        removeGroups();
        addScore(count);
        addPops(count);
        sinkAll();
    }
    if (chain && boardIsEmpty()) {
        score += 30;
        drawScore();
    }
    drawChain();
}

static void loseGame(void) {
    stopTune();
    effect(LOST, 0);
    if (score > best) {
        best = score;
        saveBest(best);
        print(PANEL, 16, "RECORD");
    }
    print(0, 8, " GAME  OVER ");
    for (uint8_t n = 0; n < 90; ++n) frame();
    while (!(pressed & (START | A))) frame();
}

static void startGame(void) {
    score = pops = chain = 0;
    level = 1;
    clearBoard();
    for (uint8_t n = 0; n < CELLS; ++n) shown[n] = TILE_SPACE;
    wipe(TILE_SPACE, WORDS);
    drawFrame();
    dealFirst(kinds());
    effect(STARTED, 0);
    startTune(1);
    frame();  /* the button that started it is old now */
}

static void play(void) {
    startGame();
    while (cells[ENTRANCE] == EMPTY) {
        deal(kinds());
        drawNext();
        dropPair();
        settle();
    }
    loseGame();
}

/* --- title --- */

/* Letters of beads, five high; the lowest bit is the right column. */
static const uint8_t jellyWord[5][5] = {
    {1, 1, 1, 5, 7}, {7, 4, 6, 4, 7}, {4, 4, 4, 4, 7}, {4, 4, 4, 4, 7}, {5, 5, 7, 2, 2}};
static const uint8_t wellWord[4][5] = {{17, 17, 21, 21, 10}, {7, 4, 6, 4, 7}, {4, 4, 4, 4, 7}, {4, 4, 4, 4, 7}};

static void drawLetter(const uint8_t* rows, uint8_t right, uint8_t line, uint8_t palette) {
    for (uint8_t row = 0; row < 5; ++row) {
        uint8_t column = right;
        for (uint8_t bits = rows[row]; bits; bits >>= 1, --column)
            if (bits & 1) put(column, line + row, TILE_BEAD, palette);
    }
}

static void drawTitle(void) {
    wipe(TILE_SPACE, WORDS);
    for (uint8_t n = 0; n < 5; ++n) drawLetter(jellyWord[n], 2 + n * 4, 1, n + 1);
    for (uint8_t n = 0; n < 4; ++n) drawLetter(wellWord[n], 5 + n * 4, 7, 5 - n);
    print(4, 17, "BEST");
    printNumber(9, 17, best);
    print(14, 17, "0");
}

static void drawHoppingJellies(void) {
    static const uint8_t hop[16] = {0, 3, 6, 8, 10, 11, 12, 12, 12, 11, 10, 8, 6, 3, 0, 0};
    for (uint8_t n = 0; n < 5; ++n)
        drawSprite(8 + n * 32, 106 - hop[((frames >> 1) + n * 5) & 15], jellyTile(n + 1), n + 1);
}

static void title(void) {
    drawTitle();
    startTune(0);
    do {
        print(4, 15, frames & 32 ? "PRESS START" : "           ");
        drawHoppingJellies();
        frame();
    } while (!(pressed & (START | A)));
}

void main(void) {
    startVideo();
    startSound();
    best = loadBest();
    for (;;) {
        title();
        play();
    }
}
