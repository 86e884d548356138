#include "emulator/moment.hpp"

#include <algorithm>

namespace cloudretro::emulator {

// How large a state is, some cores find out by making one: they are asked as seldom as can be.
bool Moment::take(const Core& core) {
    const auto sram = core.sram();
    sram_.assign(sram.begin(), sram.end());
    if (!state_.empty() && core.saveState(state_)) return true;
    state_.assign(core.stateSize(), {});
    if (!state_.empty() && core.saveState(state_)) return true;
    state_.clear();
    return false;
}

bool Moment::bringBack(const Core& core) const {
    if (state_.empty() || !core.loadState(state_)) return false;
    if (const auto sram = core.sram(); sram.size() == sram_.size()) std::ranges::copy(sram_, sram.begin());
    return true;
}

}
