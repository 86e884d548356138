/* The floor that is painted: 16 x 13 cells, the outermost are hedges. */
#ifndef FIELD_H
#define FIELD_H

#include "nes.h"

enum { COLUMNS = 16, ROWS = 13, CELLS = COLUMNS * ROWS, TOP = 2, LAYOUTS = 5 };
enum { NOBODY, CAT1, CAT2, HEDGE };  /* who painted a cell; also its palette */

extern byte cells[CELLS];
extern byte painted[3];              /* how many cells, by painter */
extern const signed char ahead[4];   /* from a cell to its neighbour, by direction */

enum { GO_RIGHT, GO_LEFT, GO_DOWN, GO_UP };

void drawField(byte layout);         /* while the screen is off */
void paint(byte cell, byte painter); /* hedges stay */
void splash(byte cell, byte painter);/* the cell and all around it */
byte freeCell(void);                 /* some cell without a hedge */

#endif
