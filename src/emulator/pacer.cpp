#include "emulator/pacer.hpp"

#include <cmath>

namespace cloudretro::emulator {

double intervalOf(double fps) { return 1e9 / (fps >= 1 && fps <= 1000 ? fps : 60); }

Pacer::Pacer(Nanoseconds now, double fps) : start_(now), interval_(intervalOf(fps)) {}

Nanoseconds Pacer::due() const { return start_ + std::llround(double(frames_) * interval_); }

void Pacer::advance(Nanoseconds now) {
    ++frames_;
    if (now - due() > patience) restart(now);
}

void Pacer::restart(Nanoseconds now) {
    start_ = now;
    frames_ = 0;
}

void Pacer::setRate(double fps) {
    if (intervalOf(fps) == interval_) return;
    restart(due());
    interval_ = intervalOf(fps);
}

}
