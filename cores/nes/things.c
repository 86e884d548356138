#include "things.h"

#include "sound.h"
#include "sprites.h"
#include "video.h"

enum { RANGE = 6, BALL_FRAMES = 4, SPLAT_FRAMES = 14 };

struct Ball { byte left, cell, direction, time; };
struct Splat { byte time, cell; };

struct Item item;
static struct Ball balls[CATS];
static struct Splat splat;

static void splatter(byte cell) {
    splat.cell = cell;
    splat.time = SPLAT_FRAMES;
}

void clearThings(void) {
    item.kind = NOTHING;
    item.wait = 200;
    balls[0].left = balls[1].left = 0;
    splat.time = 0;
}

void throwBall(byte who) {
    struct Walker* cat = walkers + who;
    struct Ball* ball = balls + who;
    if (!cat->balls || ball->left || cat->dizzy) return;
    --cat->balls;
    ball->left = RANGE;
    ball->cell = cat->cell;
    ball->direction = cat->direction;
    ball->time = 0;
    effect(SOUND_THROW);
}

static byte ballX(struct Ball* ball) {
    static byte x;
    x = (ball->cell << 4) + 4;
    if (ball->direction == GO_RIGHT) x += ball->time << 2;
    if (ball->direction == GO_LEFT) x -= ball->time << 2;
    return x;
}

static byte ballY(struct Ball* ball) {
    static byte y;
    y = (ball->cell & 0xF0) + TOP * 16 + 4;
    if (ball->direction == GO_DOWN) y += ball->time << 2;
    if (ball->direction == GO_UP) y -= ball->time << 2;
    return y;
}

static void moveBall(byte who) {
    static struct Ball* ball;
    ball = balls + who;
    if (!ball->left) return;
    if (!ball->time && cells[ball->cell + ahead[ball->direction]] == HEDGE) {
        ball->left = 0;
        return;
    }
    if (++ball->time == BALL_FRAMES) {
        ball->time = 0;
        ball->cell += ahead[ball->direction];
        --ball->left;
        paint(ball->cell, who + CAT1);
    }
    if (!walkers[!who].safe && touches(!who, ballX(ball) - 4, ballY(ball) - 4)) {
        stun(!who);
        splash(ball->cell, who + CAT1);
        splatter(ball->cell);
        ball->left = 0;
    }
}

static void pickUp(byte who) {
    if (walkers[who].cell != item.cell) return;
    if (item.kind == CAN) {
        splash(item.cell, who + CAT1);
        splatter(item.cell);
    } else {
        walkers[who].boots = 40;
    }
    effect(item.kind == CAN ? SOUND_SPLASH : SOUND_BOOTS);
    item.kind = NOTHING;
    item.wait = 255;
}

static void layItem(void) {
    item.cell = freeCell();
    item.kind = random() & 3 ? CAN : BOOTS;
}

void moveThings(void) {
    moveBall(0);
    moveBall(1);
    if (splat.time) --splat.time;
    if (item.kind == NOTHING) {
        if (!--item.wait) layItem();
        return;
    }
    pickUp(frames & 1);
}

static void drawItem(void) {
    static byte y;
    if (!item.kind || (frames & 31) >= 28) return;
    y = (item.cell & 0xF0) + TOP * 16 - (frames >> 4 & 1);
    if (item.kind == CAN) sprite16(item.cell << 4, y, TILE_CAN, 2);
    else sprite16(item.cell << 4, y, TILE_BOOTS, 3);
}

static void drawSplat(void) {
    if (!splat.time) return;
    sprite16(splat.cell << 4, (splat.cell & 0xF0) + TOP * 16, TILE_SPLAT,
        cells[splat.cell] == CAT2 | (splat.time & 2 ? 0x40 : 0));
}

void drawThings(void) {
    static byte who;
    for (who = 0; who < CATS; ++who)
        if (balls[who].left) sprite8(ballX(balls + who), ballY(balls + who), TILE_BALL, who);
    drawSplat();
    drawItem();
}
