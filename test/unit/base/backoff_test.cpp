#include "base/backoff.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using cloudretro::base::Backoff;

TEST_CASE("waiting grows to its limit, always with some jitter, and begins anew after a success") {
    Backoff backoff(100ms, 1s);
    for (const auto step : {100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms}) {
        const auto wait = backoff.next();
        CHECK(wait >= step / 2);
        CHECK(wait <= step);
    }
    backoff.reset();
    CHECK(backoff.next() <= 100ms);
}
