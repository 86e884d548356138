#include "save.h"

#include <string.h>

#include "gb.h"

/* At the start of the battery's memory: "JELY", the score, and its complement as a check. */
struct Save {
    char magic[4];
    uint16_t best, complement;
};

#define SAVE ((struct Save*)0xA000)

static const char magic[4] = {'J', 'E', 'L', 'Y'};

uint16_t loadBest(void) {
    uint16_t best = 0;
    SAVE_LOCK = 0x0A;
    if (!memcmp(SAVE->magic, magic, sizeof magic) && SAVE->best == (uint16_t)~SAVE->complement) best = SAVE->best;
    SAVE_LOCK = 0;
    return best;
}

void saveBest(uint16_t best) {
    SAVE_LOCK = 0x0A;
    memcpy(SAVE->magic, magic, sizeof magic);
    SAVE->best = best;
    SAVE->complement = ~best;
    SAVE_LOCK = 0;
}
