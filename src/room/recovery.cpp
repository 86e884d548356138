#include "room/recovery.hpp"

namespace cloudretro::room {
namespace {

constexpr int triesPerSnapshot = 2, snapshotsTried = 2;

}

void Recovery::begin(const Start& from) {
    if (from.state) keep(*from.state);
    sram_ = from.sram;
    fromState_ = from.state.has_value();
}

void Recovery::keep(Snapshot snapshot) {
    bytes_ += snapshot.bytes->size();
    ring_.push_back(std::move(snapshot));
    while (ring_.size() > mostSnapshots || (ring_.size() > snapshotsTried && bytes_ > mostBytes)) {
        bytes_ -= ring_.front().bytes->size();
        ring_.pop_front();
    }
    blame_ = given_ = 0;
}

// A start that fails says more about the snapshot than about the core. Without one, it counts as a crash.
std::optional<Recovery::Start> Recovery::restart(bool played, bool faulty, Time now) {
    if (!played && fromState_)
        blameStart();
    else if (faulty || !played)
        crashes_.crashed(now);
    if (crashes_.isReached(now)) return std::nullopt;
    fromState_ = !ring_.empty() && given_ < snapshotsTried;
    return Start{fromState_ ? std::optional(ring_.back()) : std::nullopt, sram_};
}

void Recovery::blameStart() {
    if (++blame_ < triesPerSnapshot) return;
    bytes_ -= ring_.back().bytes->size();
    ring_.pop_back();
    blame_ = 0;
    ++given_;
}

}
