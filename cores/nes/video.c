#include "video.h"

#include <string.h>

#include "background.h"

static byte nextSprite;

static const byte palettes[32] = {
    0x0F, 0x00, 0x10, 0x20,  0x0F, 0x16, 0x27, 0x38,  0x0F, 0x11, 0x21, 0x31,  0x0F, 0x0A, 0x1A, 0x30,
    0x0F, 0x0F, 0x37, 0x30,  0x0F, 0x0F, 0x31, 0x30,  0x0F, 0x0F, 0x15, 0x30,  0x0F, 0x0F, 0x28, 0x38,
};

static void enqueue(byte value) {
    queue[queueLength] = value;
    ++queueLength;
}

/* Bytes to follow are for the name table. */
static void enqueueAt(byte column, byte line, byte count) {
    enqueue(0x20 | line >> 3);
    enqueue(line << 5 | column);
    enqueue(count);
}

void dimPalettes(byte steps) {
    byte n, colour;
    enqueue(0x3F);
    enqueue(0);
    enqueue(32);
    for (n = 0; n < 32; ++n) {
        colour = palettes[n];
        enqueue(colour >= steps << 4 ? colour - (steps << 4) : 0x0F);
    }
}

void setPalettes(void) { dimPalettes(0); }

void print(byte column, byte line, const char* text) {
    enqueueAt(column, line, strlen(text));
    for (; *text; ++text) enqueue(*text - FONT_FIRST);
}

void printNumber(byte column, byte line, byte number) {
    byte hundreds = 0, tens = 0;
    for (; number >= 100; number -= 100) ++hundreds;
    for (; number >= 10; number -= 10) ++tens;
    enqueueAt(column, line, 3);
    enqueue(hundreds ? hundreds + '0' - FONT_FIRST : 0);
    enqueue(hundreds || tens ? tens + '0' - FONT_FIRST : 0);
    enqueue(number + '0' - FONT_FIRST);
}

void putTile(byte column, byte line, byte tile) {
    enqueueAt(column, line, 1);
    enqueue(tile);
}

void seek(byte column, byte line) {
    PPU_ADDRESS = 0x20 | line >> 3;
    PPU_ADDRESS = line << 5 | column;
}

void fillScreen(byte tile) {
    word n;
    seek(0, 0);
    for (n = 0; n < 960; ++n) PPU_DATA = tile;
}

void write(byte column, byte line, const char* text) {
    seek(column, line);
    for (; *text; ++text) PPU_DATA = *text - FONT_FIRST;
}

void colourAll(byte palette) { memset(attributes, palette * 0x55, sizeof attributes); }

void colourCell(byte column, byte row, byte palette) {
    static const byte masks[4] = {0xFC, 0xF3, 0xCF, 0x3F};
    static byte quadrant;
    static byte* attribute;
    quadrant = (row & 1) << 1 | (column & 1);
    attribute = attributes + (row >> 1 << 3 | column >> 1);
    *attribute = (*attribute & masks[quadrant]) | palette << (quadrant << 1);
}

void clearSprites(void) {
    static byte n;
    n = 0;
    do {
        oam[n] = 0xFF;
        n += 4;
    } while (n);
    nextSprite = 0;
}

void sprite8(byte x, byte y, byte tile, byte look) {
    static byte n;
    n = nextSprite;
    nextSprite += 4;
    oam[n] = y - 1;  /* the hardware is a line late */
    oam[n + 1] = tile;
    oam[n + 2] = look;
    oam[n + 3] = x;
}

void sprite16(byte x, byte y, byte tile, byte look) {
    static byte n, left, top, first;
    n = nextSprite;
    nextSprite += 16;
    left = x;
    top = y - 1;
    first = tile;
    if (look & 0x40) ++first;
    oam[n] = oam[n + 4] = top;
    oam[n + 8] = oam[n + 12] = top + 8;
    oam[n + 1] = first;
    oam[n + 9] = first + 2;
    oam[n + 5] = first ^= 1;  /* pictures begin at even tiles */
    oam[n + 13] = first + 2;
    oam[n + 2] = oam[n + 6] = oam[n + 10] = oam[n + 14] = look;
    oam[n + 3] = oam[n + 11] = left;
    oam[n + 7] = oam[n + 15] = left + 8;
}
