#include "sound.h"

enum { STEPS = 16, LOWEST = 24 };

/* Half tones from C2 to C6 as timer periods. */
static const word periods[] = {
    1709, 1613, 1522, 1437, 1356, 1280, 1208, 1140, 1076, 1016, 959, 905,
    854, 806, 761, 718, 678, 640, 604, 570, 538, 507, 479, 452,
    427, 403, 380, 359, 338, 319, 301, 284, 268, 253, 239, 225,
    213, 201, 189, 179, 169, 159, 150, 142, 134, 126, 119, 112, 106,
};

/* Letters are steps of C major, a: C4; '-' holds the note, '.' ends it. */
static const byte major[] = {0, 2, 4, 5, 7, 9, 11};

static const char* const gameLead[] = {
    "e-c-e-h-g-f-e---", "f-d-f-i-h-g-f---", "e-c-e-h-j-i-h-g-", "i---g---e---....",
    "j-j-h-j-l---j---", "i-i-g-i-k---i---", "h-g-f-e-f-g-h-i-", "g---i---h---....",
};
static const char gameRoots[] = "adaeafde";
static const char* const victoryLead[] = {"c.c.c.e-h--gh---", "j.j.h.j-l-------"};
static const char victoryRoots[] = "ae";

static const char bassRhythm[] = "r-..o-..r-..o-r-";
static const char drumRhythm[] = "k..hs..hk.khs.hh";

struct Tune { const char* const* lead; const char* roots; byte bars, tempo, drums, repeats; };

static const struct Tune tunes[] = {
    {0, 0, 0, 0, 0, 0},
    {gameLead, gameRoots, 8, 9, 0, 1},
    {gameLead, gameRoots, 8, 7, 1, 1},
    {victoryLead, victoryRoots, 2, 7, 1, 0},
};

struct Effect { word period; signed char slide; byte frames, control, noise; };

static const struct Effect effects[SOUND_COUNT] = {
    {180, 12, 10, 0x74, 0},     /* throw */
    {240, 30, 24, 0xB8, 9},     /* stun */
    {500, -24, 18, 0xB8, 6},    /* splash */
    {300, -14, 16, 0xB6, 0},    /* boots */
    {126, 0, 5, 0xB6, 0},       /* tick */
    {106, 0, 24, 0xB8, 0},      /* start */
};

static const struct Tune* song;
static byte tick, step, bar, faster, leadVolume, drumVolume;
static const struct Effect* noise;
static byte noiseLeft;
static word noisePeriod;

static word periodOf(char letter, byte octave) {
    byte n = letter - 'a', note = octave;
    for (; n >= 7; n -= 7) note += 12;
    return periods[note + major[n]];
}

static void playLead(char letter) {
    static word period;
    if (letter == '-') return;
    leadVolume = letter == '.' ? 0 : 9;
    if (letter == '.') return;
    period = periodOf(letter, 24);
    APU[2] = period;
    APU[3] = period >> 8;
}

static void playBass(char beat, char root) {
    static word period;
    if (beat == '-') return;
    if (beat == '.') {
        APU[8] = 0x80;
        return;
    }
    period = periodOf(root, beat == 'o' ? 12 : 0);
    APU[8] = 0xFF;
    APU[10] = period;
    APU[11] = period >> 8;
}

static void playDrum(char beat) {
    if (beat == '.') return;
    drumVolume = beat == 'h' ? 3 : 7;
    APU[14] = beat == 'k' ? 13 : beat == 's' ? 6 : 2;
    APU[15] = 0;
}

static void nextStep(void) {
    playLead(song->lead[bar][step]);
    playBass(bassRhythm[step], song->roots[bar]);
    if (song->drums) playDrum(drumRhythm[step]);
    if (++step < STEPS) return;
    step = 0;
    if (++bar < song->bars) return;
    bar = 0;
    if (!song->repeats) tune(SILENCE);
}

static void playTune(void) {
    if (!song->tempo || tick-- > 1) return;
    tick = song->tempo - faster;
    nextStep();
}

static void fade(void) {
    APU[0] = 0xB0 | leadVolume;
    APU[12] = 0x30 | drumVolume;
    if (leadVolume > 3 && frames & 1) --leadVolume;
    if (drumVolume) --drumVolume;
}

static void playEffect(void) {
    if (!noiseLeft) return;
    if (!--noiseLeft) {
        APU[4] = 0x30;
        return;
    }
    noisePeriod += noise->slide;
    APU[6] = noisePeriod;
    if (noise->noise) {
        APU[14] = noise->noise;
        drumVolume = noiseLeft >> 1 & 7;
    }
}

void startSound(void) {
    APU[0x15] = 15;
    APU[0] = APU[4] = APU[12] = 0x30;
    APU[1] = APU[5] = 8;
    tune(SILENCE);
}

void tune(byte which) {
    song = tunes + which;
    tick = 1;
    step = bar = faster = leadVolume = drumVolume = 0;
    APU[8] = 0x80;
}

void hurry(byte on) { faster = on; }

void effect(byte which) {
    noise = effects + which;
    noiseLeft = noise->frames;
    noisePeriod = noise->period;
    APU[4] = noise->control;
    APU[6] = noisePeriod;
    APU[7] = noisePeriod >> 8;
}

void playSound(void) {
    playTune();
    fade();
    playEffect();
}
