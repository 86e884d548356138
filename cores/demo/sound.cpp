#include "sound.hpp"

#include <algorithm>
#include <cmath>

#include "tune.hpp"

namespace demo {
namespace {

enum TuneVoice { Bass, Chords, Lead, Echo, Kick, Snare, Hat };

float hertz(int note) { return 27.5f * std::exp2(note / 12.f); } // half tones above A0
uint32_t stepOf(float frequency) { return uint32_t(frequency * (4294967296.0 / sampleRate)); }
float fall(float seconds) { return std::exp(-1 / (seconds * sampleRate)); } // to a third in that time

// --- the tune ---

void note(Voice& voice, Voice::Wave wave, int note, float level, float seconds, float pan) {
    if (!note) return;
    voice = {wave, voice.phase, stepOf(hertz(note)), level, fall(seconds), 1, pan, voice.noise};
}

void drum(Voice& voice, Voice::Wave wave, float frequency, float level, float seconds, float slide) {
    voice = {wave, 0, stepOf(frequency), level, fall(seconds), slide, 0, voice.noise};
}

void playStep(Sound& sound, bool lively) {
    auto& voices = sound.voices;
    const Step now = tuneStep(sound.position), before = tuneStep(sound.position + stepsPerBar * bars - 3);
    const float side = sound.position % 2 ? 0.6f : -0.6f;
    note(voices[Bass], Voice::Triangle, now.bass, 0.30f, 0.18f, 0);
    note(voices[Chords], Voice::Pulse, now.chord, 0.055f, 0.09f, side);
    if (lively) {
        note(voices[Lead], Voice::Soft, now.lead, 0.17f, 0.25f, -0.2f);
        note(voices[Echo], Voice::Soft, before.lead, 0.07f, 0.2f, 0.7f);
        if (now.kick) drum(voices[Kick], Voice::Triangle, 150, 0.5f, 0.07f, 0.9994f);
        if (now.snare) drum(voices[Snare], Voice::Noise, 9000, 0.13f, 0.05f, 1);
        if (now.hat) drum(voices[Hat], Voice::Noise, 24000, 0.05f, 0.018f, 1);
    }
    ++sound.position;
}

void playTune(Sound& sound, const Game& game, bool hurry) {
    if (game.phase == Phase::Countdown) {
        sound.position = sound.tick = 0; // silence, and the tune begins with the round
        return;
    }
    if (--sound.tick > 0) return;
    sound.tick = hurry ? 6 : 7;
    playStep(sound, game.phase == Phase::Play);
}

// --- effects ---

void effect(
    Sound& sound, Voice::Wave wave, float frequency, float level, float seconds, float slide, float pan = 0) {
    Voice& voice = sound.voices[Sound::tuneVoices + sound.nextEffect];
    sound.nextEffect = (sound.nextEffect + 1) % Sound::effectVoices;
    voice = {wave, 0, stepOf(frequency), level, fall(seconds), slide, pan, voice.noise};
}

void chime(Sound& sound, float frequency, float level) {
    effect(sound, Voice::Soft, frequency, level, 0.12f, 1, -0.3f);
    effect(sound, Voice::Soft, frequency * 1.5f, level * 0.8f, 0.2f, 1, 0.3f);
}

void playEffects(Sound& sound, uint32_t events) {
    if (events & Collected) chime(sound, 1046.5f, 0.16f);
    if (events & CollectedGold) chime(sound, 1568, 0.2f), chime(sound, 2093, 0.12f);
    if (events & Dashed) effect(sound, Voice::Noise, 14000, 0.14f, 0.09f, 0.9998f);
    if (events & Bumped) {
        effect(sound, Voice::Noise, 5000, 0.3f, 0.12f, 0.9999f);
        effect(sound, Voice::Pulse, 330, 0.2f, 0.12f, 0.9997f);
    }
    if (events & CometCame) effect(sound, Voice::Soft, 500, 0.14f, 0.6f, 1.00003f);
    if (events & CometCaught) {
        chime(sound, 784, 0.25f), chime(sound, 1318.5f, 0.25f);
        effect(sound, Voice::Noise, 8000, 0.25f, 0.3f, 0.99995f);
    }
    if (events & Bounced) effect(sound, Voice::Triangle, 180, 0.25f, 0.05f, 0.9998f);
    if (events & Ticked) effect(sound, Voice::Pulse, 880, 0.12f, 0.06f, 1);
    if (events & Went) effect(sound, Voice::Pulse, 1760, 0.15f, 0.2f, 1);
    if (events & Joined) effect(sound, Voice::Pulse, 523, 0.12f, 0.15f, 1.00006f);
    if (events & Ended)
        for (float frequency : {523.25f, 659.25f, 784.f, 1046.5f})
            effect(sound, Voice::Soft, frequency, 0.16f, 0.7f, 1);
}

// --- waves ---

float noiseSample(Voice& voice) {
    if (voice.phase + voice.step < voice.phase) { // a new random value at each turn
        voice.noise ^= voice.noise << 13;
        voice.noise ^= voice.noise >> 17;
        voice.noise ^= voice.noise << 5;
    }
    return float(int32_t(voice.noise)) / 2147483648.f;
}

float sample(Voice& voice) {
    const float turn = float(voice.phase >> 8) / float(1 << 24);
    switch (voice.wave) {
    case Voice::Pulse:
        return turn < 0.25f ? 1 : -0.33f;
    case Voice::Triangle:
        return std::abs(4 * turn - 2) - 1;
    case Voice::Noise:
        return noiseSample(voice);
    case Voice::Soft:
        return wave(turn) + 0.3f * wave(turn * 2) + 0.12f * wave(turn * 4);
    }
    return 0;
}

void mixVoice(Voice& voice, std::span<float, samplesPerFrame * 2> mixed) {
    const float left = std::min(1.f, 1 - voice.pan), right = std::min(1.f, 1 + voice.pan);
    float step = float(voice.step);
    for (int n = 0; n < samplesPerFrame; ++n) {
        const float s = sample(voice) * voice.level;
        mixed[2 * n] += s * left;
        mixed[2 * n + 1] += s * right;
        voice.phase += voice.step;
        voice.level *= voice.decay;
        step *= voice.slide;
        voice.step = uint32_t(step);
    }
}

// Loud sums bend instead of being cut off.
float soften(float x) { return x / (1 + std::abs(x) * 0.5f); }

} // namespace

void listen(Sound& sound, const Game& game, bool hurry) {
    playTune(sound, game, hurry);
    playEffects(sound, game.events);
}

void render(Sound& sound, std::span<int16_t, samplesPerFrame * 2> samples) {
    std::array<float, samplesPerFrame * 2> mixed{};
    for (Voice& voice : sound.voices) {
        if (voice.level < 0.0005f) continue;
        if (!voice.noise) voice.noise = 1;
        mixVoice(voice, mixed);
    }
    for (size_t n = 0; n < samples.size(); ++n)
        samples[n] = int16_t(std::clamp(soften(mixed[n]) * 24000, -32000.f, 32000.f));
}

} // namespace demo
