#include "emulator/snapshot_pacer.hpp"

#include <algorithm>

namespace cloudretro::emulator {

bool SnapshotPacer::isDue(Nanoseconds now, Nanoseconds slack) const {
    if (now < due_) return false;
    const bool fits = slack > cost_ + cost_ / 2;
    return fits || now - due_ > interval() / 4;
}

// One dear snapshot among cheap ones (memory touched for the first time, a busy machine) is forgotten slowly.
void SnapshotPacer::took(Nanoseconds now, Nanoseconds cost) {
    cost_ = std::max(cost, cost_ - cost_ / 4);
    due_ = now + interval();
}

Nanoseconds SnapshotPacer::interval() const {
    return std::clamp(limits_.share * cost_, limits_.shortest, limits_.longest);
}

}
