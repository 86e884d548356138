/* The two jellies that the player steers into the well. */
#pragma once

#include <stdint.h>

struct Pair {
    uint8_t column;      /* of the first; 1-6 */
    int16_t y;           /* of the first, in pixels below the top of row 0 */
    uint8_t side;        /* where the second is: 0 above, 1 right, 2 below, 3 left */
    uint8_t first, second;
};

extern struct Pair pair;
extern uint8_t nextFirst, nextSecond;

void dealFirst(uint8_t kinds);
void deal(uint8_t kinds);              /* the next pair enters the well */
uint8_t shift(int8_t columns);         /* 0: no room */
void turn(uint8_t quarters);           /* clockwise; kicks off walls */
uint8_t fall(void);                    /* by a pixel; 0: it rests */
int16_t depth(void);                   /* how far it could fall */
void land(void);                       /* becomes part of the board */
int8_t sideX(void);                    /* from the first to the second, in cells */
int8_t sideY(void);
