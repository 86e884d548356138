#include "emulator/audio.hpp"

#include <algorithm>
#include <vector>

namespace cloudretro::emulator {

void Audio::write(const std::int16_t* samples, std::size_t pairs) {
    if (!mute_) put(samples, pairs);
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
