#include "sound.h"

#include "gb.h"

enum { STEPS = 16, BARS = 8, TEMPO = 8, MIDDLE_C = 12 };

/* Half tones from C3 to C6 as the frequency registers want them. */
static const uint16_t tones[] = {
    1046, 1102, 1155, 1205, 1253, 1297, 1339, 1379, 1417, 1452, 1486, 1517, 1546,
    1575, 1602, 1627, 1650, 1673, 1694, 1714, 1732, 1750, 1767, 1783, 1798,
    1812, 1825, 1837, 1849, 1860, 1871, 1881, 1890, 1899, 1907, 1915, 1923,
};

/* Letters are steps of F major, a: F; '.' leaves the note to fade. */
static const uint8_t major[] = {0, 2, 4, 5, 7, 9, 11};

static const char* const lead[BARS] = {
    "e..c..e.h...g.f.", "e..c..a.b...c...", "d..b..d.g...f.e.", "d..b..g.e.......",
    "e..c..e.h...j.h.", "g..e..g.j...i.h.", "f..d..f.h.g.f.d.", "e...g...h.......",
};
static const char bassNotes[] = "aafdaeda";
static const char bassRhythm[] = "x..x..x...x.x...", drumRhythm[] = "k..h..s.k.h.s..h";

struct Effect {
    uint8_t duty, envelope;
    uint8_t note;
    int8_t slide;  /* of the frequency register, each frame */
    uint8_t frames;
};

static const struct Effect effects[EFFECTS] = {
    {0x80, 0x51, 24, 0, 3},    /* moved */
    {0x40, 0x61, 28, 10, 5},   /* turned */
    {0x80, 0x72, 4, -30, 6},   /* landed */
    {0x80, 0xA3, 16, 18, 16},  /* popped */
    {0x80, 0xA5, 24, 3, 30},   /* level up */
    {0x80, 0xC7, 19, -9, 70},  /* lost */
    {0x40, 0xA3, 24, 8, 20},   /* started */
};

static uint8_t playing, withDrums, tick, step, bar;
static const struct Effect* current;
static uint8_t effectLeft;
static uint16_t effectTone;

static uint16_t toneOf(char letter, uint8_t base) {
    uint8_t n = letter - 'a', note = base + 5;
    for (; n >= 7; n -= 7) note += 12;
    return tones[note + major[n]];
}

static void playLead(char letter) {
    if (letter == '.') return;
    const uint16_t tone = toneOf(letter, MIDDLE_C);
    SOUND(1) = 0x80;
    SOUND(2) = 0x84;
    SOUND(3) = tone;
    SOUND(4) = 0x80 | tone >> 8;
}

static void playBass(char beat) {
    if (beat == '.') return;
    const uint16_t tone = toneOf(bassNotes[bar], 0);
    SOUND(0x0A) = 0x80;
    SOUND(0x0B) = 220;  /* a length: it ends by itself */
    SOUND(0x0C) = 0x20;
    SOUND(0x0D) = tone;
    SOUND(0x0E) = 0xC0 | tone >> 8;
}

static void playDrum(char beat) {
    if (beat == '.') return;
    SOUND(0x11) = beat == 'h' ? 0x21 : 0x61;
    SOUND(0x12) = beat == 'k' ? 0x63 : beat == 's' ? 0x43 : 0x11;
    SOUND(0x13) = 0x80;
}

static void playTune(void) {
    if (!playing || --tick) return;
    tick = TEMPO;
    playLead(lead[bar][step]);
    playBass(bassRhythm[step]);
    if (withDrums) playDrum(drumRhythm[step]);
    if (++step < STEPS) return;
    step = 0;
    bar = (bar + 1) % BARS;
}

static void playEffect(void) {
    if (!effectLeft) return;
    if (!--effectLeft) {
        SOUND(7) = 0;
        return;
    }
    effectTone += current->slide;
    SOUND(8) = effectTone;
    SOUND(9) = effectTone >> 8 & 7;
}

void startSound(void) {
    SOUND(0x16) = 0x80;
    SOUND(0x14) = 0x77;
    SOUND(0x15) = 0xFF;
    SOUND(0) = 0;
    SOUND(0x0A) = 0;  /* the wave is written while its channel is off: a rounded triangle */
    static const uint8_t wave[16] = {
        0x01, 0x24, 0x68, 0xAC, 0xDE, 0xEF, 0xFF, 0xEE, 0xDC, 0xB9, 0x75, 0x32, 0x10, 0x00, 0x00, 0x00};
    for (uint8_t n = 0; n < 16; ++n) SOUND(0x20 + n) = wave[n];
}

void startTune(uint8_t drums) {
    playing = tick = 1;
    withDrums = drums;
    step = bar = 0;
}

void stopTune(void) { playing = 0; }

void effect(uint8_t which, uint8_t pitch) {
    current = effects + which;
    effectLeft = current->frames;
    effectTone = tones[current->note + pitch];
    SOUND(6) = current->duty;
    SOUND(7) = current->envelope;
    SOUND(8) = effectTone;
    SOUND(9) = 0x80 | effectTone >> 8;
}

void playSound(void) {
    playTune();
    playEffect();
}
