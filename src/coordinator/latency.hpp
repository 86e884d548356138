#pragma once
// What browsers report of the time from input to picture. Pure.
#include "cloudretro/protocol.hpp"

#include <chrono>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cloudretro::coordinator {

// Whether it may be counted: not too many, all of them possible, and a mean of each part if there are any.
bool isSane(const protocol::InputLatency& latency);

// The latencies of one player within the last minute, as many as fit.
class RecentLatency {
public:
    using Time = std::chrono::steady_clock::time_point;

    void add(const std::vector<double>& samples, Time now);
    void addTo(std::vector<double>& all, Time now) const;

private:
    static constexpr std::size_t most = 256;
    std::deque<std::pair<Time, float>> samples_; // ms, oldest first
};

// The value (ms) that `share` of them do not exceed; -1: there are none.
double quantile(std::vector<double> samples, double share);

// Small numbers in place of room ids, which are secrets: a room's stays while it lives, then another has it.
// So there are never more series in /metrics than there were rooms at one time.
class RoomNumbers {
public:
    // `ids` are those of all rooms there are.
    const std::map<std::string, int>& number(const std::vector<std::string>& ids);

private:
    std::map<std::string, int> numbers_;
};

}
