/* A frame: sound, picture, buttons. */
#pragma once

#include <stdint.h>

extern uint8_t held, pressed;  /* buttons now, and those that were not held a frame ago */

void frame(void);
uint8_t repeated(uint8_t button);  /* pressed, or held for so long that it counts again */
