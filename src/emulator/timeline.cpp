#include "emulator/timeline.hpp"

#include "base/log.hpp"
#include "emulator/control.hpp"

#include <algorithm>
#include <utility>

namespace cloudretro::emulator {
namespace {

constexpr Nanoseconds margin = 500'000; // left to what comes before the next frame

}

Timeline::Timeline(Core& core, Video& video, const Audio& audio, const Input& input, const Wishes& wishes)
    : core_(core),
      video_(video),
      audio_(audio),
      input_(input),
      wishes_(wishes),
      early_(Nanoseconds(intervalOf(core.timing().fps) / 3)),
      ahead_(Nanoseconds(intervalOf(core.timing().fps) / 2)) {
    if (!wishes.early) early_.give();
    if (wishes.ahead <= 0) ahead_.give();
}

void Timeline::run(Nanoseconds due) {
    settle();
    const bool trial = early_.isDue(frames_) || ahead_.isDue(frames_);
    if (trial || early_.trusted()) keepOpen();
    ++frames_;
    core_.run(Run::Fresh, !looksAhead());
    if (trial && open_) tryAgain();
    open_ = open_ && early_.trusted();
    lookAhead();
    video_.publish(due, input_.applied(), input_.polled());
}

void Timeline::correct(Nanoseconds nextDue) {
    const bool open = std::exchange(open_, false);
    const auto start = now();
    if (!open || start + early_.cost() + margin > nextDue) return;
    if (!before_.bringBack(core_)) return give();
    core_.run(Run::Again, !looksAhead());
    lookAhead();
    video_.correct(start, input_.applied(), input_.polled());
    early_.took(frames_, keeping_ + now() - start);
}

void Timeline::jumped() {
    settle();
    ++frames_;
}

bool Timeline::saveState(std::span<std::byte> into) const {
    if (!open_) return core_.saveState(into);
    const auto state = before_.state();
    if (into.size() < state.size()) return false;
    std::ranges::copy(state, into.begin());
    return true;
}

void Timeline::keepOpen() {
    const auto start = now();
    open_ = before_.take(core_);
    keeping_ = now() - start;
    if (!open_) give();
}

// The frame a second time: the same must come out. Some cores keep in no state what their sound's filters
// hold. That does little harm when a frame is corrected, but a buzz when one after the other is shown ahead.
void Timeline::tryAgain() {
    const bool before = early_.trusted();
    const auto sound = audio_.fingerprint();
    const auto start = now();
    Moment first, second;
    if (!first.take(core_) || !before_.bringBack(core_)) return give();
    core_.run(Run::Same, !looksAhead());
    const auto again = now() - start;
    const bool same = second.take(core_) && std::ranges::equal(second.state(), first.state());
    if (!same) first.bringBack(core_);
    const auto ahead = wishes_.ahead * again;
    ahead_.tried(frames_, same && sound == audio_.fingerprint(), ahead);
    early_.tried(frames_, same, keeping_ + again + ahead);
    if (!same) base::logInfo("frames are not corrected: the core does not do the same twice");
    if (!before && early_.trusted())
        base::logInfo("input corrects frames; going back takes " + std::to_string(again / 1000) + " us");
}

void Timeline::lookAhead() {
    if (!looksAhead()) return;
    const auto start = now();
    if (!after_.take(core_)) return give();
    for (int left = wishes_.ahead; left > 0; --left) core_.run(Run::Ahead, left == 1);
    if (!after_.bringBack(core_)) return give();
    ahead_.took(frames_, now() - start);
}

void Timeline::give() {
    settle();
    early_.give();
    ahead_.give();
    base::logInfo("frames are neither corrected nor shown ahead: the core refuses states");
}

}
