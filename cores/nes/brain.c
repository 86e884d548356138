#include "brain.h"

#include "things.h"

enum { SIGHT = 4 };

/* What it thinks about the cell where it will be next. */
static struct { byte cell, direction, best, choice; } mind;

#define cat (&walkers[1])

/* What a direction is worth: cells to paint that are in sight. */
static byte promise(byte cell, byte direction, byte painter) {
    static byte n, sum;
    sum = 0;
    for (n = 0; n < SIGHT; ++n) {
        cell += ahead[direction];
        if (cells[cell] == HEDGE) break;
        if (cells[cell] == NOBODY) sum += 3;
        else if (cells[cell] != painter) sum += 4;
    }
    return sum;
}

/* Whether a step in a direction leads nearer to a cell. */
static byte approaches(byte from, byte direction, byte to) {
    switch (direction) {
    case GO_RIGHT: return (to & 15) > (from & 15);
    case GO_LEFT: return (to & 15) < (from & 15);
    case GO_DOWN: return to >> 4 > from >> 4;
    default: return to >> 4 < from >> 4;
    }
}

static byte judge(byte cell, byte direction, byte skill) {
    static byte worth;
    worth = 8 + promise(cell, direction, CAT2) + (random() & 3);
    if (direction == opposite(cat->direction)) worth -= 3;
    if (item.kind && approaches(cell, direction, item.cell)) worth += 6;
    if (approaches(cell, direction, walkers[0].cell)) worth += 1;
    if (approaches(cell, direction, walkers[MOP].cell) && touches(1, walkers[MOP].x, walkers[MOP].y)) worth -= 7;
    if ((random() & 15) >= skill + 8) worth = random() & 31;  /* a whim */
    return worth;
}

static byte inSight(void) {
    static byte n, cell;
    cell = cat->cell;
    for (n = 0; n < SIGHT; ++n) {
        cell += ahead[cat->direction];
        if (cells[cell] == HEDGE) return 0;
        if (cell == walkers[0].cell) return 1;
    }
    return 0;
}

static void begin(byte cell) {
    mind.cell = cell;
    mind.direction = mind.best = 0;
    mind.choice = STAY;
}

static void consider(byte skill) {
    static byte worth;
    if (cells[mind.cell + ahead[mind.direction]] != HEDGE) {
        worth = judge(mind.cell, mind.direction, skill);
        if (worth >= mind.best) {
            mind.best = worth;
            mind.choice = mind.direction;
        }
    }
    ++mind.direction;
}

/* It cannot turn back before it has arrived, or it would never arrive. */
static void decide(byte skill) {
    cat->wish = cat->moving && mind.choice == opposite(cat->direction) ? cat->direction : mind.choice;
    if (cat->balls && (random() & 31) <= skill && inSight()) throwBall(1);
}

/* Judges one direction in a frame: all four at once take too long. */
void thinkCat(byte skill) {
    static byte target;
    target = cat->moving ? cat->cell + ahead[cat->direction] : cat->cell;
    if (target != mind.cell || (!cat->moving && mind.direction > 4)) begin(target);
    if (mind.direction < 4) {
        consider(skill);
    } else if (mind.direction == 4) {
        decide(skill);
        mind.direction = 5;
    }
}

void thinkMop(void) {
    struct Walker* mop = walkers + MOP;
    static byte tries, direction;
    if (mop->moving) return;
    if (cells[mop->cell + ahead[mop->direction]] != HEDGE && random() & 3) {
        mop->wish = mop->direction;
        return;
    }
    for (tries = 0; tries < 8; ++tries) {
        direction = random() & 3;
        if (cells[mop->cell + ahead[direction]] != HEDGE && direction != opposite(mop->direction)) break;
    }
    mop->wish = direction;
}
