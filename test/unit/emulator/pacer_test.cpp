#include "emulator/pacer.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using cloudretro::emulator::Nanoseconds;
using cloudretro::emulator::Pacer;

namespace {

constexpr Nanoseconds start = 1'000'000'000'000;

// Runs `frames` frames, each on time.
void run(Pacer& pacer, int frames) {
    for (int i = 0; i < frames; ++i) pacer.advance(pacer.due());
}

}

TEST_CASE("the first frame is due at once, the next one interval later") {
    Pacer pacer(start, 50);
    CHECK(pacer.due() == start);
    pacer.advance(start + 3'000'000);
    CHECK(pacer.due() == start + 20'000'000);
}

TEST_CASE("a day of frames ends to the nanosecond where arithmetic says") {
    const double fps = GENERATE(60.0, 60.0988, 59.7275, 50.0, 75.47);
    Pacer pacer(start, fps);
    const int day = int(86400 * fps);
    run(pacer, day);
    CHECK(std::abs((pacer.due() - start) - std::llround(day * 1e9L / fps)) <= 1);
}

TEST_CASE("a little lateness is made up for, so that the rate stays exact") {
    Pacer pacer(start, 50);
    pacer.advance(start + Pacer::patience); // 80 ms late for the next
    CHECK(pacer.due() == start + 20'000'000);
}

TEST_CASE("after a stall the arrears are dropped: no burst") {
    Pacer pacer(start, 50);
    const Nanoseconds later = start + 20'000'000 + Pacer::patience + 1;
    pacer.advance(later);
    CHECK(pacer.due() == later);
    pacer.advance(later);
    CHECK(pacer.due() == later + 20'000'000);
}

TEST_CASE("after a pause the next frame is due at once") {
    Pacer pacer(start, 50);
    run(pacer, 7);
    pacer.restart(start + 900'000'000'000);
    CHECK(pacer.due() == start + 900'000'000'000);
    pacer.advance(pacer.due());
    CHECK(pacer.due() == start + 900'020'000'000);
}

TEST_CASE("a new rate counts from the frame that is due next") {
    Pacer pacer(start, 50);
    run(pacer, 10);
    pacer.setRate(100);
    CHECK(pacer.due() == start + 200'000'000);
    run(pacer, 1);
    CHECK(pacer.due() == start + 210'000'000);
}

TEST_CASE("the same rate again changes nothing, not even rounding") {
    Pacer once(start, 60.0988), often(start, 60.0988);
    for (int i = 0; i < 1000; ++i) {
        often.setRate(60.0988);
        run(often, 1);
    }
    run(once, 1000);
    CHECK(often.due() == once.due());
}

TEST_CASE("a rate that no console has counts as 60") {
    const double fps = GENERATE(0.0, -1.0, 1e9, std::numeric_limits<double>::quiet_NaN());
    Pacer pacer(start, fps);
    run(pacer, 60);
    CHECK(pacer.due() == start + 1'000'000'000);
}
