// A small synthesiser: a tune in the background, and a noise for each event. Plain data, so that a
// snapshot goes on in the middle of a note.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "game.hpp"

namespace demo {

constexpr int sampleRate = 48000, samplesPerFrame = sampleRate / framesPerSecond;

struct Voice {
    enum Wave : uint32_t { Pulse, Triangle, Noise, Soft };
    Wave wave = Pulse;
    uint32_t phase = 0, step = 0; // step: of the phase, for each sample
    float level = 0, decay = 1;   // decay and slide: factors for each sample
    float slide = 1;
    float pan = 0; // -1 left, 1 right
    uint32_t noise = 1;
};

struct Sound {
    static constexpr int tuneVoices = 8, effectVoices = 8;
    std::array<Voice, tuneVoices + effectVoices> voices;
    int tick = 0;     // frames until the next step of the tune
    int position = 0; // sixteenth notes since its beginning
    int nextEffect = 0;
};

// Starts the notes and noises of this frame.
void listen(Sound& sound, const Game& game, bool hurry);

// Stereo samples, interleaved.
void render(Sound& sound, std::span<int16_t, samplesPerFrame * 2> samples);

} // namespace demo
