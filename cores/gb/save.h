/* The best score, kept by the cartridge's battery. */
#pragma once

#include <stdint.h>

uint16_t loadBest(void);
void saveBest(uint16_t best);
