/* Everything that walks from cell to cell: two cats and the mop. */
#ifndef WALKERS_H
#define WALKERS_H

#include "field.h"

enum { MOP = 2, WALKERS = 3, CATS = 2 };
enum { STAY = 4 };  /* no direction */

struct Walker {
    byte cell, direction;
    byte progress;      /* 256ths of the way to the next cell */
    byte moving;
    byte wish;          /* direction, or STAY */
    byte speed;         /* progress in a frame */
    byte boots;         /* eighths of a second that they still last */
    byte dizzy, safe;   /* frames that it stands still, and then cannot be hit */
    byte balls, reload; /* paint balls in the bag, frames until another */
    byte computer;
    byte x, y;          /* on the screen */
};

extern struct Walker walkers[WALKERS];

void placeWalkers(void);
void walk(byte who);         /* a frame; paints what it reaches */
void wishByPad(byte who);
byte opposite(byte direction);
void stun(byte who);
void drawWalker(byte who);
byte touches(byte who, byte x, byte y);

#endif
