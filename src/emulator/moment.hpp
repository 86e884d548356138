#pragma once
// Where a game stands, to come back to.
#include "emulator/core.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace cloudretro::emulator {

// The core's state, and its save memory, which not every core has in its state. Memory is used again.
class Moment {
public:
    // False: the core has no state to give, or refuses; nothing is kept then.
    bool take(const Core& core);
    bool bringBack(const Core& core) const; // false: the core refuses its own state

    std::span<const std::byte> state() const { return state_; }
    std::span<const std::byte> sram() const { return sram_; }

private:
    std::vector<std::byte> state_, sram_;
};

}
