#pragma once
// When a snapshot is due. Arithmetic only: the caller brings the time.
#include "emulator/pacer.hpp"

namespace cloudretro::emulator {

// As often as the limits allow; by default about every second, less often where that costs more than 1 % of
// the time.
class SnapshotPacer {
public:
    static constexpr Nanoseconds shortest = 1'000'000'000, longest = 10'000'000'000;

    struct Limits {
        Nanoseconds share = 100; // one part of so many of the time
        Nanoseconds shortest = SnapshotPacer::shortest, longest = SnapshotPacer::longest;
    };

    explicit SnapshotPacer(Nanoseconds now) : SnapshotPacer(now, Limits()) {}
    SnapshotPacer(Nanoseconds now, const Limits& limits) : limits_(limits), due_(now + limits.shortest) {}

    // `slack` is left until the next frame. A snapshot waits for a frame that leaves it room, for a while.
    bool isDue(Nanoseconds now, Nanoseconds slack) const;

    void took(Nanoseconds now, Nanoseconds cost);
    void hurry(Nanoseconds now) { due_ = now; } // the state has jumped: the last snapshot is of no use

    Nanoseconds interval() const; // with what they cost of late

private:
    const Limits limits_;
    Nanoseconds cost_ = 0; // the dearest of late
    Nanoseconds due_;
};

}
