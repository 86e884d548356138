/* Paint Paws: two cats paint a garden. Who has painted more when the time is up wins the round; who
 * first wins three rounds is the champion. Alone, the other cat is the computer's, and gets better.
 *
 * A throws a ball of paint, which stuns the other cat. Cans splash, boots speed up, the mop cleans. */

#include "background.h"
#include "brain.h"
#include "field.h"
#include "sound.h"
#include "sprites.h"
#include "things.h"
#include "video.h"
#include "walkers.h"

enum { ROUND_SECONDS = 60, ROUNDS_TO_WIN = 3, HURRY = 10 };

static byte wins[CATS];
static byte level;     /* rounds played: layout and skill */
static byte seconds, fraction;

static void frame(void) {
    playSound();
    waitFrame();
    clearSprites();
}

/* The second controller takes the computer's cat over at its first button. */
static void seatSecondPlayer(void) {
    if (pressed[1]) walkers[1].computer = 0;
}

/* --- title --- */

static const byte paintLetters[5][7] = {
    {0x1E, 0x11, 0x11, 0x1E, 0x10, 0x10, 0x10}, {0x0E, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11},
    {0x0E, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0E}, {0x11, 0x19, 0x15, 0x15, 0x13, 0x11, 0x11},
    {0x1F, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04},
};
static const byte pawsLetters[4][7] = {
    {0x1E, 0x11, 0x11, 0x1E, 0x10, 0x10, 0x10}, {0x0E, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11},
    {0x11, 0x11, 0x11, 0x15, 0x15, 0x1B, 0x11}, {0x0F, 0x10, 0x10, 0x0E, 0x01, 0x01, 0x1E},
};

/* A letter of blobs, six tiles wide: three attribute cells, so each letter has its own paint. */
static void drawLetter(const byte* rows, byte column, byte line, byte palette) {
    byte row, bit;
    for (row = 0; row < 7; ++row) {
        seek(column, line + row);
        for (bit = 0x10; bit; bit >>= 1) PPU_DATA = rows[row] & bit ? TILE_BLOB : 0;
    }
    for (row = 0; row < 8; row += 2)
        for (bit = 0; bit < 6; bit += 2) colourCell((column + bit) >> 1, (line + row) >> 1, palette);
}

static void drawTitle(void) {
    byte n;
    screenOff();
    clearSprites();
    colourAll(HEDGE);
    fillScreen(0);
    for (n = 0; n < 5; ++n) drawLetter(paintLetters[n], 2 + n * 6, 2, n & 1 ? CAT2 : CAT1);
    for (n = 0; n < 4; ++n) drawLetter(pawsLetters[n], 4 + n * 6, 10, n & 1 ? CAT1 : CAT2);
    write(11, 20, "PRESS START");
    write(2, 22, "D-PAD: RUN   A: THROW PAINT");
    write(8, 24, "PAINT MORE THAN");
    write(7, 26, "THE OTHER CAT DOES");
    screenOn();
    setPalettes();
}

static void drawTitleCats(void) {
    static byte x;
    ++x;
    sprite16(x, 140, x & 8 ? TILE_CAT_SIDE_STEP : TILE_CAT_SIDE, 0);
    sprite16(x - 30, 140, x & 8 ? TILE_CAT_SIDE : TILE_CAT_SIDE_STEP, walkers[1].computer ? 2 : 1);
}

static void title(void) {
    walkers[1].computer = 1;
    drawTitle();
    tune(TITLE_TUNE);
    do {
        seatSecondPlayer();
        drawTitleCats();
        print(11, 20, frames & 32 ? "PRESS START" : "           ");
        print(8, 28, walkers[1].computer ? "                " : "PLAYER 2 IS HERE");
        frame();
    } while (!((pressed[0] | pressed[1]) & START));
    effect(SOUND_START);
}

/* --- a round --- */

static void drawTrophies(void) {
    byte n;
    for (n = 0; n < ROUNDS_TO_WIN; ++n) {
        putTile(2 + n, 2, n < wins[0] ? TILE_TROPHY : 0);
        putTile(27 + n, 2, n < wins[1] ? TILE_TROPHY : 0);
    }
}

/* One thing in each frame, for the vertical blank is short. */
static void refreshStatus(void) {
    byte who = frames & 1, n;
    switch (frames >> 1 & 3) {
    case 0: printNumber(who ? 23 : 6, 2, painted[who + CAT1]); break;
    case 1: printNumber(14, 2, seconds); break;
    case 2: print(26, 3, walkers[1].computer ? "CPU" : "P2 "); break;
    default:
        for (n = 0; n < 3; ++n) putTile((who ? 23 : 6) + n, 3, n < walkers[who].balls ? TILE_INK : TILE_NO_INK);
    }
}

static void colourStatus(void) {
    byte column;
    for (column = 1; column < 6; ++column) colourCell(column, 0, CAT1), colourCell(column, 1, CAT1);
    for (column = 10; column < 15; ++column) colourCell(column, 0, CAT2), colourCell(column, 1, CAT2);
}

static void drawRound(void) {
    screenOff();
    clearSprites();
    fillScreen(0);
    drawField(level % LAYOUTS);
    colourStatus();
    write(2, 3, "P1");
    screenOn();
    setPalettes();
}

static void drawAll(void) {
    byte who;
    drawThings();
    for (who = 0; who < WALKERS; ++who) drawWalker(who);
}

static byte skill(void) { return level < 7 ? level : 7; }

static void decide(byte who) {
    if (walkers[who].computer) {
        thinkCat(skill());
        return;
    }
    wishByPad(who);
    if (pressed[who] & (A | B)) throwBall(who);
}

static void meetMop(byte who) {
    if (touches(who, walkers[MOP].x, walkers[MOP].y)) stun(who);
}

static void moveAll(void) {
    decide(0);
    decide(1);
    thinkMop();
    walk(0);
    walk(1);
    walk(MOP);
    moveThings();
    meetMop(frames & 1);  /* each cat in every other frame: time is short */
}

static void tickClock(void) {
    if (++fraction < 60) return;
    fraction = 0;
    --seconds;
    if (seconds == HURRY) hurry(2);
    if (seconds <= 5) effect(SOUND_TICK);
}

static void waitForResume(void) {
    print(13, 3, "PAUSED");
    do {
        drawAll();
        frame();
    } while (!((pressed[0] | pressed[1]) & START));
    print(13, 3, "      ");
}

static void countDown(void) {
    static const char* const words[] = {"READY", "  3  ", "  2  ", "  1  "};
    byte n, wait;
    for (n = 0; n < 4; ++n) {
        effect(SOUND_TICK);
        for (wait = 0; wait < 36; ++wait) {
            if (wait == 0) print(13, 3, words[n]);
            else if (wait == 1) drawTrophies();
            else refreshStatus();
            seatSecondPlayer();
            walk(0), walk(1), walk(MOP);  /* nobody has a wish yet: only to their places */
            drawAll();
            frame();
        }
    }
    print(13, 3, "     ");
    effect(SOUND_START);
}

static void playRound(void) {
    while (seconds) {
        seatSecondPlayer();
        moveAll();
        drawAll();
        refreshStatus();
        tickClock();
        frame();
        if ((pressed[0] | pressed[1]) & START) waitForResume();
    }
}

static byte winner(void) {
    if (painted[CAT1] == painted[CAT2]) return NOBODY;
    return painted[CAT1] > painted[CAT2] ? CAT1 : CAT2;
}

static const char* verdict(byte who) {
    if (who == NOBODY) return "     A DRAW!     ";
    if (who == CAT1) return "ORANGE CAT WINS! ";
    return " BLUE CAT WINS!  ";
}

static void celebrate(byte who) {
    byte time;
    printNumber(14, 2, 0);
    for (time = 0; time < 200; ++time) {
        if (who != NOBODY)
            sprite16(120, 116 - (time & 16 ? 6 : 0), TILE_CAT_DOWN, (who - CAT1) | (time & 16 ? 0x40 : 0));
        if (!(time & 31)) print(7, 3, verdict(who));
        if ((time & 31) == 24) print(7, 3, "                 ");
        drawTrophies();
        frame();
        if (time > 60 && (pressed[0] | pressed[1]) & START) break;
    }
}

static void oneRound(void) {
    byte computer = walkers[1].computer;
    placeWalkers();
    walkers[1].computer = computer;
    clearThings();
    seconds = ROUND_SECONDS;
    fraction = 0;
    drawRound();
    tune(SILENCE);
    countDown();
    tune(GAME_TUNE);
    playRound();
    if (winner() != NOBODY) ++wins[winner() - CAT1];
    tune(VICTORY_TUNE);
    celebrate(winner());
    ++level;
}

/* --- a match --- */

static byte champion(void) {
    return wins[0] == ROUNDS_TO_WIN ? CAT1 : wins[1] == ROUNDS_TO_WIN ? CAT2 : NOBODY;
}

static void drawChampion(byte who) {
    screenOff();
    clearSprites();
    fillScreen(0);
    colourAll(who);
    write(7, 8, who == CAT1 ? "THE ORANGE CAT IS" : " THE BLUE CAT IS");
    write(10, 11, "THE CHAMPION");
    write(6, 20, "THE GARDEN IS IN GOOD");
    write(13, 22, "PAWS.");
    screenOn();
    setPalettes();
}

static void crown(byte who) {
    byte time, n;
    drawChampion(who);
    tune(VICTORY_TUNE);
    for (time = 0; time < 250; ++time) {
        sprite16(120, 118 - (time & 8), TILE_CAT_DOWN, (who - CAT1) | (time & 16 ? 0x40 : 0));
        for (n = 0; n < 6; ++n) sprite8(40 + n * 32, 100 + ((time + n * 24 & 127) >> 1), TILE_STAR, 3);
        frame();
    }
}

static void match(void) {
    wins[0] = wins[1] = level = 0;
    while (!champion()) oneRound();
    crown(champion());
}

void main(void) {
    startSound();
    for (;;) {
        title();
        match();
    }
}
