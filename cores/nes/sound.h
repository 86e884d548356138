/* A tune on three channels, and noises that interrupt one of them. */
#ifndef SOUND_H
#define SOUND_H

#include "nes.h"

enum { SOUND_THROW, SOUND_STUN, SOUND_SPLASH, SOUND_BOOTS, SOUND_TICK, SOUND_START, SOUND_COUNT };
enum { SILENCE, TITLE_TUNE, GAME_TUNE, VICTORY_TUNE };

void startSound(void);
void tune(byte which);
void hurry(byte on);
void effect(byte which);
void playSound(void);  /* once a frame */

#endif
