#pragma once
// So many messages a second, and a burst: a token bucket.
#include <algorithm>
#include <chrono>

namespace cloudretro::base {

class RateLimit {
public:
    using Time = std::chrono::steady_clock::time_point;

    RateLimit(double perSecond, double burst) : perSecond_(perSecond), burst_(burst), left_(burst) {}

    // Takes one; false: too fast.
    bool allow(Time now) {
        left_ = leftAt(now);
        last_ = now;
        if (left_ < 1) return false;
        left_ -= 1;
        return true;
    }

    // Until one can be taken; 0: now.
    std::chrono::duration<double> wait(Time now) const {
        return std::chrono::duration<double>(std::max(0.0, (1 - leftAt(now)) / perSecond_));
    }

    bool isFull(Time now) const { return leftAt(now) >= burst_; }

private:
    double leftAt(Time now) const {
        const std::chrono::duration<double> passed = now - last_;
        return std::min(burst_, left_ + passed.count() * perSecond_);
    }

    double perSecond_, burst_, left_;
    Time last_{};
};

}
