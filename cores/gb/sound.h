/* A tune on three channels, and effects on the fourth. */
#pragma once

#include <stdint.h>

enum { MOVED, TURNED, LANDED, POPPED, LEVEL_UP, LOST, STARTED, EFFECTS };

void startSound(void);
void startTune(uint8_t drums);
void stopTune(void);
void effect(uint8_t which, uint8_t pitch);  /* pitch: half tones up */
void playSound(void);                       /* once a frame */
