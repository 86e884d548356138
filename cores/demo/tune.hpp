// The score of the background tune.
#pragma once

namespace demo {

constexpr int stepsPerBar = 16, bars = 8;

struct Step {
    int bass, chord, lead; // half tones above A0; 0: nothing
    bool kick, snare, hat;
};

Step tuneStep(int position);

} // namespace demo
