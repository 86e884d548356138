#include "video.h"

#include <string.h>

#include "gb.h"
#include "tiles.h"

enum { FIRST_LETTER = ' ', MAP = 0x9800, MOST_CHANGES = 24 };

#define RGB(r, g, b) ((r) | (g) << 5 | (b) << 10)
#define WELL RGB(3, 2, 7)

/* The well, shade, colour, light. */
static const uint16_t palettes[8][4] = {
    {WELL, RGB(9, 10, 18), RGB(20, 22, 31), RGB(31, 30, 26)},
    {WELL, RGB(19, 2, 6), RGB(31, 9, 11), RGB(31, 27, 27)},
    {WELL, RGB(2, 14, 6), RGB(9, 26, 9), RGB(27, 31, 26)},
    {WELL, RGB(3, 8, 21), RGB(8, 18, 31), RGB(27, 31, 31)},
    {WELL, RGB(22, 14, 1), RGB(31, 26, 5), RGB(31, 31, 27)},
    {WELL, RGB(12, 4, 18), RGB(23, 11, 30), RGB(31, 28, 31)},
    {WELL, RGB(7, 5, 12), RGB(12, 9, 17), RGB(20, 16, 24)},
    {WELL, RGB(31, 18, 5), RGB(31, 29, 10), RGB(31, 31, 31)},
};

static uint8_t spriteCount;

static void loadPalettes(void) {
    const uint8_t* bytes = (const uint8_t*)palettes;
    BACKGROUND_INDEX = SPRITE_INDEX = 0x80;  /* the index moves on by itself */
    for (uint8_t n = 0; n < sizeof palettes; ++n) {
        BACKGROUND_COLOUR = bytes[n];
        SPRITE_COLOUR = bytes[n];
    }
}

static void lcdOff(void) {
    while (LINE < 145) {  /* at any other time it may harm the hardware */
    }
    LCD_CONTROL = 0;
}

static void lcdOn(void) { LCD_CONTROL = 0x97; }  /* background and 8 x 16 sprites, tiles at 0x8000 */

void startVideo(void) {
    lcdOff();
    memcpy((void*)0x8000, tiles, sizeof tiles);
    BACKGROUND_SHADES = SPRITE_SHADES = 0x1B;  /* without colour: from black to white */
    SCROLL_X = SCROLL_Y = 0;
    if (isColour) loadPalettes();
    lcdOn();
}

void nextFrame(void) {
    ready = 1;
    while (ready) {
    }
}

void wipe(uint8_t tile, uint8_t palette) {
    clearSprites();
    nextFrame();
    lcdOff();
    if (isColour) {
        VIDEO_BANK = 1;
        memset((void*)MAP, palette, 1024);
        VIDEO_BANK = 0;
    }
    memset((void*)MAP, tile, 1024);
    lcdOn();
}

void put(uint8_t column, uint8_t line, uint8_t tile, uint8_t palette) {
    const uint16_t address = MAP + line * 32 + column;
    if (changeCount == MOST_CHANGES) nextFrame();
    struct Change* change = changes + changeCount;
    change->high = address >> 8;
    change->low = address;
    change->tile = tile;
    change->palette = palette;
    ++changeCount;
}

void print(uint8_t column, uint8_t line, const char* words) {
    for (; *words; ++words) put(column++, line, *words - FIRST_LETTER, WORDS);
}

void printNumber(uint8_t column, uint8_t line, uint16_t number) {
    for (uint8_t place = 5; place; --place) {
        put(column + place - 1, line, number % 10 + '0' - FIRST_LETTER, WORDS);
        number /= 10;
    }
}

/* Pictures are stored for sprites of 8 x 16: both left tiles, then both right ones. */
void putPicture(uint8_t column, uint8_t line, uint8_t tile, uint8_t palette) {
    put(column, line, tile, palette);
    put(column + 1, line, tile + 2, palette);
    put(column, line + 1, tile + 1, palette);
    put(column + 1, line + 1, tile + 3, palette);
}

uint8_t jellyTile(uint8_t kind) { return TILE_JELLY_ROUND + (kind - 1) * 4; }

void clearSprites(void) {
    for (uint8_t n = 0; n < 40; ++n) sprites[n].y = 0;
    spriteCount = 0;
}

void drawSprite(uint8_t x, int16_t y, uint8_t tile, uint8_t palette) {
    if (y <= -16) return;
    for (uint8_t half = 0; half < 2; ++half) {
        struct Sprite* sprite = sprites + spriteCount++;
        sprite->y = y + 16;
        sprite->x = x + 8 + half * 8;
        sprite->tile = tile + half * 2;
        sprite->look = palette;
    }
}
