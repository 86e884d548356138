#include "emulator/audio.hpp"

#include <algorithm>
#include <vector>

namespace cloudretro::emulator {
namespace {

constexpr std::size_t fadePairs = 128;
constexpr std::uint64_t fnvBasis = 14695981039346656037U, fnvPrime = 1099511628211U;

}

void Audio::begin(Run run) {
    run_ = run;
    fingerprint_ = fnvBasis;
    if (run == Run::Ahead) return;
    if (run == Run::Fresh) {
        frameSkip_ = skip_;
        frameFrom_ = written_;
    } else {
        skip_ = frameSkip_ + (written_ - frameFrom_);
    }
}

void Audio::write(const std::int16_t* samples, std::size_t pairs) {
    for (std::size_t i = 0; i < 2 * pairs; ++i)
        fingerprint_ = (fingerprint_ ^ std::uint16_t(samples[i])) * fnvPrime;
    if (mute_ || run_ == Run::Ahead) return;
    skip(samples, pairs);
    const auto fading = std::min(pairs, fading_);
    fade(samples, fading);
    put(samples + 2 * fading, pairs - fading);
}

void Audio::skip(const std::int16_t*& samples, std::size_t& pairs) {
    const auto skipped = std::size_t(std::min<std::uint64_t>(pairs, skip_));
    if (skipped == 0) return;
    samples += 2 * skipped;
    pairs -= skipped;
    skip_ -= skipped;
    if (skip_ > 0) return;
    const auto handed = last();
    step_ = {handed[0] - samples[-2], handed[1] - samples[-1]};
    fading_ = step_ == std::array{0, 0} ? 0 : fadePairs;
}

void Audio::fade(const std::int16_t* samples, std::size_t pairs) {
    for (; pairs > 0; --pairs, samples += 2) {
        const auto mixed = [&](std::size_t side) {
            const int value = samples[side] + step_[side] * int(fading_) / int(fadePairs);
            return std::int16_t(std::clamp(value, -32768, 32767));
        };
        const Pair pair{mixed(0), mixed(1)};
        put(pair.data(), 1);
        --fading_;
    }
}

Audio::Pair Audio::last() const {
    const auto at = 2 * ((written_ - 1) % ipc::audioFrames);
    return {shared_.audio[at], shared_.audio[at + 1]};
}

void Audio::writeSilence(std::size_t pairs) {
    const std::vector<std::int16_t> silence(2 * pairs);
    put(silence.data(), pairs);
}

void Audio::put(const std::int16_t* samples, std::size_t pairs) {
    while (pairs > 0) { // twice where the ring ends
        const auto at = std::size_t(written_ % ipc::audioFrames);
        const auto part = std::min(pairs, ipc::audioFrames - at);
        std::copy_n(samples, 2 * part, shared_.audio.begin() + std::ptrdiff_t(2 * at));
        samples += 2 * part;
        pairs -= part;
        written_ += part;
    }
    shared_.audioWritten.store(written_, std::memory_order_release);
}

}
