/* Words, palettes and sprites. */
#ifndef VIDEO_H
#define VIDEO_H

#include "nes.h"

#define FONT_FIRST ' '

void setPalettes(void);
void dimPalettes(byte steps);                                   /* 0: as bright as it gets */
void print(byte column, byte line, const char* text);           /* while the screen is on */
void printNumber(byte column, byte line, byte number);          /* three digits */
void putTile(byte column, byte line, byte tile);
void fillScreen(byte tile);                                     /* while it is off */
void write(byte column, byte line, const char* text);           /* while it is off */
void seek(byte column, byte line);                              /* where PPU_DATA goes, while it is off */
void colourAll(byte palette);
void colourCell(byte column, byte row, byte palette);           /* 16 x 16 pixels, rows of the whole screen */

void clearSprites(void);
void sprite8(byte x, byte y, byte tile, byte look);
void sprite16(byte x, byte y, byte tile, byte look);            /* four tiles, mirrored as one */

#endif
