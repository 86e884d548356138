#include "pressing.hpp"

#include <algorithm>
#include <random>

namespace cloudretro::test {

void letPass(std::chrono::milliseconds time) {
    bool over = false;
    const auto timer = base::Loop::after(time, [&] { over = true; });
    while (!over) g_main_context_iteration(nullptr, TRUE);
}

void storm(EmulatorProcess& emulator, std::size_t frames) {
    std::mt19937 random(7);
    for (const auto end = emulator.frames.size() + frames; emulator.frames.size() < end;) {
        emulator.press(0, random() % 2 ? a : 0);
        letPass(std::chrono::milliseconds(random() % 12));
        emulator.awaitFrames(1);
    }
}

std::size_t corrections(const EmulatorProcess& emulator) {
    return std::size_t(std::ranges::count(emulator.frames, 1U, &ipc::FrameHeader::corrected));
}

}
