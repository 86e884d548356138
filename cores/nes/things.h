/* Paint balls that fly, and what lies around to be picked up. */
#ifndef THINGS_H
#define THINGS_H

#include "walkers.h"

enum { NOTHING, CAN, BOOTS };

struct Item { byte kind, cell, wait; };
extern struct Item item;

void clearThings(void);
void throwBall(byte who);
void moveThings(void);
void drawThings(void);

#endif
