/* The machine: what crt0.s provides. */
#ifndef NES_H
#define NES_H

typedef unsigned char byte;
typedef unsigned int word;

enum { RIGHT = 1, LEFT = 2, DOWN = 4, UP = 8, START = 16, SELECT = 32, B = 64, A = 128 };

extern byte oam[256];        /* sprites, four bytes each: y, tile, look (palette 0-3, 0x40 mirrored), x */
extern byte attributes[64];  /* palettes of the background, sent every frame */
extern byte queue[160];      /* other bytes for the picture unit: see video.c */
extern byte queueLength;
extern byte pads[2], pressed[2], frames;
#pragma zpsym ("queueLength")
#pragma zpsym ("pads")
#pragma zpsym ("pressed")
#pragma zpsym ("frames")

void waitFrame(void);   /* shows what was drawn, and reads the pads */
void screenOff(void);   /* from here on write to the picture unit's memory directly */
void screenOn(void);
byte random(void);

#define PPU_ADDRESS (*(volatile byte*)0x2006)
#define PPU_DATA (*(volatile byte*)0x2007)
#define APU ((volatile byte*)0x4000)

#endif
