#include "coordinator/latency.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace cloudretro::coordinator {
namespace {

using namespace std::chrono_literals;
using protocol::InputLatency;

constexpr auto span = 60s;

bool isPossible(double ms) { return ms >= 0 && ms <= InputLatency::maxMs; } // false for what is no number

}

bool isSane(const InputLatency& latency) {
    if (latency.samples.empty()) return latency.means.empty();
    return latency.samples.size() <= InputLatency::maxSamples &&
           latency.means.size() == InputLatency::parts.size() &&
           std::ranges::all_of(latency.samples, isPossible) && std::ranges::all_of(latency.means, isPossible);
}

void RecentLatency::add(const std::vector<double>& samples, Time now) {
    for (const double sample : samples) samples_.emplace_back(now, float(sample));
    while (samples_.size() > most) samples_.pop_front();
}

void RecentLatency::addTo(std::vector<double>& all, Time now) const {
    for (const auto& [when, sample] : samples_)
        if (now - when <= span) all.push_back(double(sample));
}

double quantile(std::vector<double> samples, double share) {
    if (samples.empty()) return -1;
    const auto index = std::size_t(std::ceil(share * double(samples.size()))) - 1;
    const auto at = samples.begin() + std::ptrdiff_t(std::min(index, samples.size() - 1));
    std::nth_element(samples.begin(), at, samples.end());
    return *at;
}

const std::map<std::string, int>& RoomNumbers::number(const std::vector<std::string>& ids) {
    const std::set<std::string> alive(ids.begin(), ids.end());
    std::erase_if(numbers_, [&](const auto& entry) { return !alive.contains(entry.first); });
    std::set<int> taken;
    for (const auto& [id, number] : numbers_) taken.insert(number);
    int next = 1;
    for (const auto& id : alive) {
        if (numbers_.contains(id)) continue;
        while (taken.contains(next)) ++next;
        numbers_[id] = next++;
    }
    return numbers_;
}

}
