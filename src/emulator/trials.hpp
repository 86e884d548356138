#pragma once
// Whether a core can be taken back in the middle of play, judged by trying. Arithmetic only.
#include "emulator/pacer.hpp"

#include <cstdint>

namespace cloudretro::emulator {

// A trial runs a frame twice. A core that comes out elsewhere the second time is never trusted; one that
// takes too long is not trusted for a while. Trials go on, ever more seldom.
class Trials {
public:
    // `most` is what going back may cost.
    explicit Trials(Nanoseconds most) : most_(most) {}

    bool isDue(std::uint64_t frame) const { return !given_ && frame >= next_; }
    void tried(std::uint64_t frame, bool same, Nanoseconds cost);

    // In play. Many dear ones in a row take the trust away.
    void took(std::uint64_t frame, Nanoseconds cost);
    void give() { given_ = true; } // the core refuses

    bool trusted() const { return !given_ && good_ >= enough; }
    Nanoseconds cost() const { return cost_; } // the dearest of late

private:
    static constexpr int enough = 2, dearOnesAllowed = 8; // a busy machine makes one dear now and then
    static constexpr std::uint64_t first = 20, rest = 600, longest = 3600; // frames

    void pay(Nanoseconds cost);

    const Nanoseconds most_;
    Nanoseconds cost_ = 0;
    std::uint64_t next_ = first, apart_ = first;
    int good_ = 0, dearOnes_ = 0; // in a row
    bool given_ = false;
};

}
