#pragma once
// Whether something has crashed too often: three times in a minute. Pure, the caller brings the time.
#include <chrono>
#include <cstddef>
#include <deque>

namespace cloudretro::base {

class CrashLimit {
public:
    using Time = std::chrono::steady_clock::time_point;

    void crashed(Time now) { crashes_.push_back(now); }

    bool isReached(Time now) {
        while (!crashes_.empty() && now - crashes_.front() > std::chrono::minutes(1)) crashes_.pop_front();
        return crashes_.size() >= most;
    }

private:
    static constexpr std::size_t most = 3;
    std::deque<Time> crashes_; // of the last minute
};

}
