/* The machine: its registers, and what crt0.s provides. */
#pragma once

#include <stdint.h>

#define REGISTER(address) (*(volatile uint8_t*)(address))
#define JOYPAD REGISTER(0xFF00)
#define DIVIDER REGISTER(0xFF04)
#define LCD_CONTROL REGISTER(0xFF40)
#define SCROLL_Y REGISTER(0xFF42)
#define SCROLL_X REGISTER(0xFF43)
#define LINE REGISTER(0xFF44)
#define BACKGROUND_SHADES REGISTER(0xFF47)
#define SPRITE_SHADES REGISTER(0xFF48)
#define VIDEO_BANK REGISTER(0xFF4F)
#define BACKGROUND_INDEX REGISTER(0xFF68)
#define BACKGROUND_COLOUR REGISTER(0xFF69)
#define SPRITE_INDEX REGISTER(0xFF6A)
#define SPRITE_COLOUR REGISTER(0xFF6B)
#define SOUND(n) REGISTER(0xFF10 + (n))
#define SAVE_LOCK REGISTER(0x0000)  /* 0x0A opens the battery's memory, 0 locks it */

enum { RIGHT = 1, LEFT = 2, UP = 4, DOWN = 8, A = 16, B = 32, SELECT = 64, START = 128 };

struct Sprite { uint8_t y, x, tile, look; };
struct Change { uint8_t high, low, tile, palette; };

extern struct Sprite sprites[40];
extern struct Change changes[24];  /* of the background, in the next picture */
extern uint8_t changeCount;
extern volatile uint8_t frames, ready;
extern uint8_t isColour;
