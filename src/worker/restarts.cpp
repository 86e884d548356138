#include "worker/restarts.hpp"

#include <utility>

namespace cloudretro::worker {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t statesKept = 2;
constexpr auto badStart = 10s; // who ends so soon, and has written no state, may have been given a bad one

}

void Restarts::started(Time now) {
    started_ = now;
    fresh_ = false;
}

std::optional<std::string> Restarts::keepState(protocol::SavedBytes state) {
    fresh_ = true;
    states_.push_back(std::move(state));
    if (states_.size() <= statesKept) return std::nullopt;
    auto old = std::move(states_.front().file);
    states_.pop_front();
    return old;
}

std::optional<std::string> Restarts::keepSram(protocol::SavedBytes sram) {
    auto old = std::exchange(sram_, std::move(sram)).file;
    return old.empty() ? std::nullopt : std::optional(std::move(old));
}

Restarts::Start Restarts::newest() const {
    return {states_.empty() ? protocol::SavedBytes{} : states_.back(), sram_};
}

// A start that fails says more about its state than about the process, and is no crash.
std::optional<Restarts::Start> Restarts::next(bool killed, Time now) {
    const bool suspect = !killed && !fresh_ && !states_.empty() && now - started_ < badStart;
    if (suspect)
        states_.pop_back();
    else if (!killed || !fresh_)
        crashes_.crashed(now);
    if (crashes_.isReached(now)) return std::nullopt;
    return newest();
}

}
