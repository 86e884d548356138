#pragma once
// When frames are due. Arithmetic only: the caller brings the time and does the sleeping.
#include <cstdint>

namespace cloudretro::emulator {

using Nanoseconds = std::int64_t; // on CLOCK_MONOTONIC

// Of a frame, ns. A rate that no console has, or that is no number, counts as 60.
double intervalOf(double fps);

// Deadlines at an exact rate: each is counted from one start, so that rounding never adds up.
class Pacer {
public:
    // More arrears than this are dropped: after a stall the game goes on, it does not run fast to catch up.
    static constexpr Nanoseconds patience = 100'000'000;

    // The first frame is due at `now`.
    Pacer(Nanoseconds now, double fps);

    Nanoseconds due() const;       // of the next frame
    void advance(Nanoseconds now); // that frame has run
    void restart(Nanoseconds now); // after a pause: the next frame is due at `now`
    void setRate(double fps);      // from the next frame on

private:
    Nanoseconds start_;
    double interval_;
    std::uint64_t frames_ = 0; // since `start_`
};

}
