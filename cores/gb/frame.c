#include "frame.h"

#include "gb.h"
#include "sound.h"
#include "video.h"

enum { REPEAT_AFTER = 12, REPEAT_EVERY = 4 };

uint8_t held, pressed;

static uint8_t readButtons(void) {
    uint8_t arrows, others;
    JOYPAD = 0x20;
    arrows = JOYPAD;
    arrows = JOYPAD;  /* the lines take a moment to settle */
    JOYPAD = 0x10;
    others = JOYPAD;
    others = JOYPAD;
    others = JOYPAD;
    others = JOYPAD;
    JOYPAD = 0x30;
    return (~arrows & 15) | (~others & 15) << 4;
}

void frame(void) {
    playSound();
    nextFrame();
    clearSprites();
    const uint8_t before = held;
    held = readButtons();
    pressed = held & ~before;
}

uint8_t repeated(uint8_t button) {
    static uint8_t last, time;
    if (pressed & button) {
        last = button;
        time = 0;
        return 1;
    }
    if (!(held & button) || button != last) return 0;
    if (++time < REPEAT_AFTER) return 0;
    time = REPEAT_AFTER - REPEAT_EVERY;
    return 1;
}
