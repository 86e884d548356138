/* Pictures: words, jellies, sprites. Columns and lines are tiles of 8 x 8 pixels. */
#pragma once

#include <stdint.h>

enum { WORDS = 0, BRICKS = 6, LIGHTS = 7 };  /* palettes; 1-5 are the jellies' */

void startVideo(void);
void nextFrame(void);                     /* shows what was drawn */
void wipe(uint8_t tile, uint8_t palette); /* the whole background, at once */

void put(uint8_t column, uint8_t line, uint8_t tile, uint8_t palette);
void print(uint8_t column, uint8_t line, const char* words);
void printNumber(uint8_t column, uint8_t line, uint16_t number);  /* five digits */
void putPicture(uint8_t column, uint8_t line, uint8_t tile, uint8_t palette);  /* 16 x 16 pixels */
uint8_t jellyTile(uint8_t kind);

void clearSprites(void);
void drawSprite(uint8_t x, int16_t y, uint8_t tile, uint8_t palette);  /* 16 x 16 */
