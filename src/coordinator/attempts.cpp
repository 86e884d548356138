#include "coordinator/attempts.hpp"

#include <algorithm>
#include <cmath>

namespace cloudretro::coordinator {

std::chrono::seconds Attempts::wait(const std::string& address, Time now) const {
    auto wait = all_.wait(now);
    if (const auto known = addresses_.find(address); known != addresses_.end())
        wait = std::max(wait, known->second.wait(now));
    return std::chrono::ceil<std::chrono::seconds>(wait);
}

void Attempts::spend(const std::string& address, Time now) {
    all_.allow(now);
    if (addresses_.size() >= maxAddresses) forget(now);
    addresses_.try_emplace(address, each_.perSecond, each_.burst).first->second.allow(now);
}

// Those whose failures no longer count; when that is not enough, all: the limit for everybody still holds.
void Attempts::forget(Time now) {
    std::erase_if(addresses_, [&](const auto& entry) { return entry.second.isFull(now); });
    if (addresses_.size() >= maxAddresses) addresses_.clear();
}

}
