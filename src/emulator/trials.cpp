#include "emulator/trials.hpp"

#include <algorithm>

namespace cloudretro::emulator {

void Trials::pay(Nanoseconds cost) { cost_ = std::max(cost, cost_ - cost_ / 4); }

void Trials::tried(std::uint64_t frame, bool same, Nanoseconds cost) {
    if (!same) return give();
    pay(cost);
    if (!trusted()) good_ = cost <= most_ ? good_ + 1 : 0;
    apart_ = std::min(2 * apart_, longest);
    next_ = frame + apart_;
}

void Trials::took(std::uint64_t frame, Nanoseconds cost) {
    pay(cost);
    dearOnes_ = cost > most_ ? dearOnes_ + 1 : 0;
    if (dearOnes_ <= dearOnesAllowed) return;
    good_ = dearOnes_ = 0;
    next_ = frame + rest;
}

}
