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
        const std::chrono::duration<double> passed = now - last_;
        last_ = now;
        left_ = std::min(burst_, left_ + passed.count() * perSecond_);
        if (left_ < 1) return false;
        left_ -= 1;
        return true;
    }

private:
    double perSecond_, burst_, left_;
    Time last_{};
};

}
