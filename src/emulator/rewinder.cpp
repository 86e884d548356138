#include "emulator/rewinder.hpp"

#include "emulator/control.hpp"

#include <algorithm>
#include <utility>

namespace cloudretro::emulator {
namespace {

constexpr Nanoseconds share = 200; // one part of so many of the time
constexpr int dearOnesAllowed = 8; // a busy machine makes one dear now and then

}

// Closer together while they are small and cheap; all of them go as far back as memory allows.
bool Rewinder::prepare(std::size_t size) {
    if (given_ || size == 0) return false;
    if (size == size_) return true;
    states_.clear();
    size_ = size;
    const auto apart = std::max(closest, farthest / 1000 * Nanoseconds(size) / Nanoseconds(mostBytes / 1000));
    if (apart > roughest) {
        give();
        return false;
    }
    most_ = std::min(mostBytes / size, std::size_t(farthest / apart));
    pacer_.emplace(now(), SnapshotPacer::Limits{share, apart, roughest});
    return true;
}

void Rewinder::give() {
    given_ = true;
    states_ = {};
}

void Rewinder::betweenFrames(Nanoseconds slack) {
    if (given_ || (pacer_ && !pacer_->isDue(now(), slack)) || !prepare(game_.stateSize())) return;
    std::vector<std::byte> state;
    if (states_.size() >= most_) {
        state = std::move(states_.front());
        states_.pop_front();
    }
    state.resize(size_);
    const auto start = now();
    if (!game_.saveState(state)) return give();
    const auto end = now();
    states_.push_back(std::move(state));
    pacer_->took(end, end - start);
    dearOnes_ = end - start > roughest / share ? dearOnes_ + 1 : 0;
    if (dearOnes_ > dearOnesAllowed) give();
}

void Rewinder::back(Core& core) {
    if (states_.empty() || now() < nextBack_) return;
    nextBack_ = now() + pacer_->interval() / 2;
    core.loadState(states_.back());
    core.run();
    if (states_.size() > 1) states_.pop_back();
}

}
