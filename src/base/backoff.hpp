#pragma once
// How long to wait before trying again: doubling, capped, and jittered so that a crowd does not return at
// once.
#include <algorithm>
#include <chrono>
#include <random>

namespace cloudretro::base {

class Backoff {
public:
    using Duration = std::chrono::milliseconds;

    Backoff(Duration first, Duration longest) : first_(first), longest_(longest), next_(first) {}

    // Between half of the current step and all of it; the next step is twice as long.
    Duration next() {
        const auto step = next_;
        next_ = std::min(2 * next_, longest_);
        return Duration(
            std::uniform_int_distribution<Duration::rep>(step.count() / 2, step.count())(random_));
    }
    void reset() { next_ = first_; } // it worked

private:
    Duration first_, longest_, next_;
    std::minstd_rand random_{std::random_device{}()};
};

}
