#include "base/rate_limit.hpp"

#include <catch2/catch.hpp>

using cloudretro::base::RateLimit;
using namespace std::chrono_literals;

TEST_CASE("a burst passes, then only so many a second") {
    RateLimit limit(10, 20);
    RateLimit::Time now{1h};
    for (int i = 0; i < 20; ++i) CHECK(limit.allow(now));
    CHECK_FALSE(limit.allow(now));
    int passed = 0;
    for (int i = 0; i < 1000; ++i) passed += limit.allow(now += 10ms);
    CHECK(passed == Approx(100).margin(1));
    now += 1h; // rest fills the bucket, but not more
    passed = 0;
    for (int i = 0; i < 100; ++i) passed += limit.allow(now);
    CHECK(passed == 20);
}
