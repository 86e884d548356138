#include "walkers.h"

#include <stddef.h>
#include <string.h>

#include "sound.h"
#include "sprites.h"
#include "video.h"

enum { CAT_SPEED = 26, BOOTS_SPEED = 42, MOP_SPEED = 13, RELOAD = 130, BAG = 3 };

struct Walker walkers[WALKERS];

static struct Walker* w;

static void place(byte who, byte cell, byte direction, byte speed) {
    w = walkers + who;
    memset(w, 0, offsetof(struct Walker, computer));
    w->cell = cell;
    w->direction = direction;
    w->wish = STAY;
    w->speed = speed;
    w->balls = 1;
}

void placeWalkers(void) {
    place(0, 6 << 4 | 1, GO_RIGHT, CAT_SPEED);
    place(1, 6 << 4 | 14, GO_LEFT, CAT_SPEED);
    place(MOP, 1 << 4 | 7, GO_DOWN, MOP_SPEED);
}

byte opposite(byte direction) { return direction ^ 1; }

static byte directionOf(byte pad) {
    return pad & RIGHT ? GO_RIGHT : pad & LEFT ? GO_LEFT : pad & DOWN ? GO_DOWN : pad & UP ? GO_UP : STAY;
}

/* When two directions are held, the one that turns a corner counts, once there is a corner. */
void wishByPad(byte who) {
    static byte pad, turn, cell;
    w = walkers + who;
    pad = pads[who] & 15;
    cell = w->moving ? w->cell + ahead[w->direction] : w->cell;
    turn = directionOf(w->direction < GO_DOWN ? pad & (UP | DOWN) : pad & (LEFT | RIGHT));
    if (turn != STAY && cells[cell + ahead[turn]] != HEDGE)
        w->wish = turn;
    else
        w->wish = directionOf(pad);
}

static void turnBack(void) {
    w->cell += ahead[w->direction];
    w->direction = opposite(w->direction);
    w->progress = -w->progress;
    if (!w->progress) w->moving = 0;
}

static void setOut(void) {
    if (w->wish == STAY) return;
    w->direction = w->wish;
    w->moving = cells[w->cell + ahead[w->direction]] != HEDGE;
}

static void arrive(byte who) {
    w->cell += ahead[w->direction];
    w->moving = 0;
    paint(w->cell, who == MOP ? NOBODY : who + CAT1);
}

static void advance(byte who) {
    static byte before;
    before = w->progress;
    w->progress += w->boots ? BOOTS_SPEED : w->speed;
    if (w->progress >= before) return;
    arrive(who);
    if (who < CATS) setOut();  /* what is left of this frame counts for the next cell */
    if (!w->moving) w->progress = 0;
}

static void count(void) {
    if (w->safe) --w->safe;
    if (w->boots && !(frames & 7)) --w->boots;
    if (w->balls == BAG) return;
    if (++w->reload < RELOAD) return;
    w->reload = 0;
    ++w->balls;
}

static void locate(void) {
    static byte way;
    way = w->moving ? w->progress >> 4 : 0;
    w->x = w->cell << 4;
    w->y = (w->cell & 0xF0) + TOP * 16;
    switch (w->direction) {
    case GO_RIGHT: w->x += way; break;
    case GO_LEFT: w->x -= way; break;
    case GO_DOWN: w->y += way; break;
    default: w->y -= way;
    }
}

void walk(byte who) {
    w = walkers + who;
    count();
    if (w->dizzy) {
        if (!--w->dizzy) w->safe = 90;
    } else {
        if (w->moving && w->wish == opposite(w->direction) && w->progress) turnBack();
        if (!w->moving) setOut();
        if (w->moving) advance(who);
    }
    locate();
}

void stun(byte who) {
    w = walkers + who;
    if (w->dizzy || w->safe) return;
    w->dizzy = 75;
    effect(SOUND_STUN);
}

byte touches(byte who, byte x, byte y) {
    static byte distance;
    w = walkers + who;
    distance = w->x - x + 11;
    if (distance >= 22) return 0;
    distance = w->y - y + 11;
    return distance < 22;
}

static void drawDizziness(void) {
    static const signed char orbit[8] = {0, 4, 8, 10, 8, 4, 0, -2};
    static byte turn;
    turn = frames >> 2 & 7;
    sprite8(w->x + orbit[turn], w->y - 5, TILE_STAR, 3);
    sprite8(w->x + 8 - orbit[turn], w->y - 3, TILE_STAR, 3);
}

static void drawCat(byte look) {
    static byte step;
    step = w->moving && w->progress & 0x80;
    switch (w->direction) {
    case GO_DOWN: sprite16(w->x, w->y - 2, TILE_CAT_DOWN, look | (step ? 0x40 : 0)); break;
    case GO_UP: sprite16(w->x, w->y - 2, TILE_CAT_UP, look | (step ? 0x40 : 0)); break;
    default:
        sprite16(w->x, w->y - 2, step ? TILE_CAT_SIDE_STEP : TILE_CAT_SIDE,
            look | (w->direction == GO_LEFT ? 0x40 : 0));
    }
}

void drawWalker(byte who) {
    w = walkers + who;
    if (who == MOP) {
        sprite16(w->x, w->y - 1, TILE_MOP, 2 | (frames & 4 ? 0x40 : 0));
        return;
    }
    if (w->dizzy) drawDizziness();
    if (w->safe & 4) return;  /* blinks */
    drawCat(who);
}
