#include "board.h"

#include <string.h>

enum { GROUP = 4 };

uint8_t cells[CELLS], doomed[CELLS];

static uint8_t group[CELLS], seen[CELLS];

void clearBoard(void) {
    memset(cells, WALL, sizeof cells);
    for (uint8_t row = 0; row < ROWS; ++row) memset(cells + row * STRIDE + 1, EMPTY, COLUMNS);
    memset(doomed, 0, sizeof doomed);
}

uint8_t sink(void) {
    uint8_t moved = 0;
    for (uint8_t cell = CELLS - STRIDE - 1; cell >= STRIDE; --cell) {
        const uint8_t above = cells[cell - STRIDE];
        if (cells[cell] != EMPTY || above == EMPTY || above == WALL) continue;
        cells[cell] = above;
        cells[cell - STRIDE] = EMPTY;
        moved = 1;
    }
    return moved;
}

/* All jellies that touch each other and are of the same kind, from a first one; how many. */
static uint8_t gather(uint8_t first) {
    static const int8_t neighbours[4] = {1, -1, STRIDE, -STRIDE};
    uint8_t count = 1;
    group[0] = first;
    seen[first] = 1;
    for (uint8_t n = 0; n < count; ++n)
        for (uint8_t side = 0; side < 4; ++side) {
            const uint8_t cell = group[n] + neighbours[side];
            if (cell < STRIDE || seen[cell] || cells[cell] != cells[first]) continue;  /* row 0 does not count */
            seen[cell] = 1;
            group[count++] = cell;
        }
    return count;
}

uint8_t findGroups(void) {
    uint8_t total = 0;
    memset(seen, 0, sizeof seen);
    memset(doomed, 0, sizeof doomed);
    for (uint8_t cell = STRIDE; cell < CELLS - STRIDE; ++cell) {
        if (seen[cell] || cells[cell] == EMPTY || cells[cell] == WALL) continue;
        const uint8_t count = gather(cell);
        if (count < GROUP) continue;
        for (uint8_t n = 0; n < count; ++n) doomed[group[n]] = 1;
        total += count;
    }
    return total;
}

void removeGroups(void) {
    for (uint8_t cell = 0; cell < CELLS; ++cell)
        if (doomed[cell]) cells[cell] = EMPTY, doomed[cell] = 0;
}

uint8_t boardIsEmpty(void) {
    for (uint8_t cell = 0; cell < CELLS; ++cell)
        if (cells[cell] != EMPTY && cells[cell] != WALL) return 0;
    return 1;
}
