// The colour of the whole screen tells which of five pads holds a button: the last one that does.
#include <conio.h>
#include <pce.h>

#define PORT (*(volatile unsigned char*)0x1000)
#define SELECT 1u // high: the directions; low: the buttons; the multitap goes on to the next pad as it rises
#define CLEAR 2u  // back to the first pad
#define PADS 5u

static unsigned char pad, last, buttons; // the run-time library wants some memory to clear

void main(void) {
    clrscr();
    for (;;) {
        waitvsync();
        last = 0;
        PORT = SELECT;
        PORT = SELECT | CLEAR;
        PORT = SELECT;
        for (pad = 1; pad <= PADS; ++pad) {
            PORT = 0;
            buttons = PORT; // low: held
            if ((buttons & 0x0f) != 0x0f) last = pad;
            PORT = SELECT;
        }
        bgcolor(last);
    }
}
