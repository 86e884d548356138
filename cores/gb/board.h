/* The well: jellies, gravity, and groups of four. Nothing here knows about screens. */
#pragma once

#include <stdint.h>

/* Eight bytes a row: a wall, six columns, a wall. Row 0 is above the picture, row 10 is the floor. */
enum { STRIDE = 8, COLUMNS = 6, ROWS = 10, CELLS = STRIDE * (ROWS + 1) };
enum { EMPTY = 0, KINDS = 5, WALL = 0xFF };  /* 1-5: a jelly */
enum { ENTRANCE = STRIDE + 3 };              /* a jelly that stays here ends the game */

extern uint8_t cells[CELLS];
extern uint8_t doomed[CELLS];   /* is in a group of four or more */

void clearBoard(void);
uint8_t sink(void);             /* everything falls by a cell; 0 when all rests */
uint8_t findGroups(void);       /* fills `doomed`; how many jellies that are */
void removeGroups(void);
uint8_t boardIsEmpty(void);
