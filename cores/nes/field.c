#include "field.h"

#include "background.h"
#include "video.h"

byte cells[CELLS];
byte painted[3];
const signed char ahead[4] = {1, -1, COLUMNS, -COLUMNS};

/* The left half of the inside of each layout, the highest of seven bits is the leftmost column; the
 * right half mirrors it, which is fair. */
static const byte layouts[LAYOUTS][ROWS - 2] = {
    {0x00, 0x00, 0x20, 0x20, 0x02, 0x02, 0x02, 0x20, 0x20, 0x00, 0x00},
    {0x00, 0x36, 0x00, 0x00, 0x1C, 0x00, 0x1C, 0x00, 0x00, 0x36, 0x00},
    {0x04, 0x04, 0x30, 0x00, 0x06, 0x20, 0x06, 0x00, 0x30, 0x04, 0x04},
    {0x00, 0x2A, 0x00, 0x2A, 0x00, 0x2B, 0x00, 0x2A, 0x00, 0x2A, 0x00},
    {0x00, 0x3C, 0x20, 0x22, 0x0A, 0x02, 0x0A, 0x22, 0x20, 0x3C, 0x00},
};

static byte hedgeAt(byte layout, byte column, byte row) {
    if (column == 0 || column == COLUMNS - 1 || row == 0 || row == ROWS - 1) return 1;
    if (column > 7) column = COLUMNS - 1 - column;
    return layouts[layout][row - 1] >> (7 - column) & 1;
}

static void drawHalfRow(byte row, byte lower) {
    byte column, tile;
    for (column = 0; column < COLUMNS; ++column) {
        tile = (cells[row << 4 | column] == HEDGE ? TILE_HEDGE : TILE_FLOOR) + (lower ? 2 : 0);
        PPU_DATA = tile;
        PPU_DATA = tile + 1;
    }
}

void drawField(byte layout) {
    byte column, row, cell;
    painted[NOBODY] = painted[CAT1] = painted[CAT2] = 0;
    colourAll(HEDGE);
    seek(0, TOP * 2);
    for (row = 0; row < ROWS; ++row) {
        for (column = 0; column < COLUMNS; ++column) {
            cell = row << 4 | column;
            cells[cell] = hedgeAt(layout, column, row) ? HEDGE : NOBODY;
            if (cells[cell] == HEDGE) continue;
            ++painted[NOBODY];
            colourCell(column, row + TOP, NOBODY);
        }
        drawHalfRow(row, 0);
        drawHalfRow(row, 1);
    }
}

void paint(byte cell, byte painter) {
    static byte before;
    before = cells[cell];
    if (before == HEDGE || before == painter) return;
    --painted[before];
    ++painted[painter];
    cells[cell] = painter;
    colourCell(cell & 15, (cell >> 4) + TOP, painter);
}

void splash(byte cell, byte painter) {
    static const signed char around[9] = {-17, -16, -15, -1, 0, 1, 15, 16, 17};
    byte n;
    for (n = 0; n < 9; ++n) paint(cell + around[n], painter);
}

byte freeCell(void) {
    byte cell;
    do cell = random();
    while (cell >= CELLS || cells[cell] == HEDGE);
    return cell;
}
