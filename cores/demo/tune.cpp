#include "tune.hpp"

#include <string_view>

namespace demo {
namespace {

// A chord for each bar: root and whether its third is minor.
struct Chord {
    int root;
    bool minor;
};
constexpr Chord chords[bars] = {
    {12, true}, {8, false}, {15, false}, {10, false}, {12, true}, {8, false}, {17, true}, {10, false}};

// Sixteenths; letters are steps of the A minor scale from A3 upwards (a = A3, h = A4, ...).
constexpr std::string_view lead[bars] = {
    "l..j..h...j.k.l.",
    "m..l..j...h.....",
    "n..l..j...l.j.i.",
    "i...g...i...k...",
    "l..j..h...j.k.l.",
    "m..n..o...m.....",
    "k..l..m...k.i.h.",
    "i..........k.l.n",
};

constexpr std::string_view kick = "x.....x...x.....", snare = "....x.......x..x", hat = "..x...x...x...x.";

int scaleNote(char letter) {
    constexpr int minorScale[] = {0, 2, 3, 5, 7, 8, 10};
    const int n = letter - 'a';
    return 36 + n / 7 * 12 + minorScale[n % 7];
}

int arpeggio(const Chord& chord, int step) {
    const int tones[] = {0, chord.minor ? 3 : 4, 7, 12};
    constexpr int order[] = {0, 1, 2, 3, 2, 1, 2, 3};
    return chord.root + 24 + tones[order[step % 8]];
}

int bassNote(const Chord& chord, int step) {
    constexpr std::string_view rhythm = "r..r..o.r..r.o.o";
    return rhythm[step] == 'r' ? chord.root : rhythm[step] == 'o' ? chord.root + 12 : 0;
}

} // namespace

Step tuneStep(int position) {
    const int bar = position / stepsPerBar % bars, step = position % stepsPerBar;
    const char letter = lead[bar][step];
    return {bassNote(chords[bar], step), arpeggio(chords[bar], step), letter == '.' ? 0 : scaleNote(letter),
        kick[step] == 'x', snare[step] == 'x', hat[step] == 'x'};
}

} // namespace demo
