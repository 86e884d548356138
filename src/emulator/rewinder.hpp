#pragma once
// The last seconds of a game, to run it backwards.
#include "emulator/snapshot_pacer.hpp"
#include "emulator/timeline.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

namespace cloudretro::emulator {

// Keeps states of its own, far closer together than those that leave the process. `game` must outlive it.
class Rewinder {
public:
    static constexpr std::size_t mostBytes = std::size_t{64} << 20;
    static constexpr Nanoseconds farthest = 30'000'000'000, closest = 66'000'000, roughest = 500'000'000;

    explicit Rewinder(const Timeline& game) : game_(game) {}

    // After each frame; the next is due in `slack`. Keeps nothing of a core whose states are too large or too
    // dear to be taken twice a second.
    void betweenFrames(Nanoseconds slack);

    // In place of a frame: takes the game back, at twice the speed at which it was played, and lets it draw.
    // Nothing happens between two states; at the oldest it stays.
    void back(Core& core);

    bool isEmpty() const { return states_.empty(); }

private:
    bool prepare(std::size_t size);
    void give();

    const Timeline& game_;
    std::optional<SnapshotPacer> pacer_; // from the first state on
    std::size_t size_ = 0, most_ = 0;    // bytes of a state; states
    std::deque<std::vector<std::byte>> states_;
    Nanoseconds nextBack_ = 0;
    int dearOnes_ = 0; // in a row
    bool given_ = false;
};

}
