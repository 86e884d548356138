#pragma once
// When a snapshot is due. Arithmetic only: the caller brings the time.
#include "emulator/pacer.hpp"

namespace cloudretro::emulator {

// About every second, less often where it costs more than 1 % of the time that way.
class SnapshotPacer {
public:
    static constexpr Nanoseconds shortest = 1'000'000'000, longest = 10'000'000'000;

    explicit SnapshotPacer(Nanoseconds now) : due_(now + shortest) {}

    // `slack` is left until the next frame. A snapshot waits for a frame that leaves it room, for a while.
    bool isDue(Nanoseconds now, Nanoseconds slack) const;

    void took(Nanoseconds now, Nanoseconds cost);
    void hurry(Nanoseconds now) { due_ = now; } // the state has jumped: the last snapshot is of no use

    Nanoseconds interval() const; // with what they cost of late

private:
    Nanoseconds cost_ = 0; // the dearest of late
    Nanoseconds due_;
};

}
