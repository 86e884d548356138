#include "emulator/trials.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::emulator;

namespace {

constexpr Nanoseconds ms = 1'000'000, most = 5 * ms;

// Tries whenever it is due, until that frame.
void tryUntil(Trials& trials, std::uint64_t frame, bool same, Nanoseconds cost) {
    for (std::uint64_t i = 0; i < frame; ++i)
        if (trials.isDue(i)) trials.tried(i, same, cost);
}

}

TEST_CASE("two good trials within the first second make trust") {
    Trials trials(most);
    CHECK_FALSE(trials.isDue(0));
    CHECK_FALSE(trials.trusted());
    tryUntil(trials, 61, true, ms);
    CHECK(trials.trusted());
    CHECK(trials.cost() == ms);
}

TEST_CASE("trials go on, ever more seldom") {
    Trials trials(most);
    int count = 0;
    for (std::uint64_t frame = 0; frame < 36000; ++frame)
        if (trials.isDue(frame)) {
            trials.tried(frame, true, ms);
            ++count;
        }
    CHECK(count > 10);
    CHECK(count < 20);
}

TEST_CASE("a core that does something else the second time is never trusted again") {
    Trials trials(most);
    tryUntil(trials, 100, true, ms);
    trials.tried(100, false, ms);
    CHECK_FALSE(trials.trusted());
    CHECK_FALSE(trials.isDue(1'000'000));
}

TEST_CASE("a core that takes too long is not trusted") {
    Trials trials(most);
    tryUntil(trials, 1000, true, most + 1);
    CHECK_FALSE(trials.trusted());
    CHECK(trials.isDue(1'000'000));
}

TEST_CASE("some dear ones are forgiven, many in a row are not, and later it is tried again") {
    Trials trials(most);
    tryUntil(trials, 100, true, ms);
    for (int i = 0; i < 8; ++i) trials.took(100, 2 * most);
    CHECK(trials.trusted());
    trials.took(100, ms);
    for (int i = 0; i < 9; ++i) trials.took(100, 2 * most);
    CHECK_FALSE(trials.trusted());
    CHECK_FALSE(trials.isDue(699));
    tryUntil(trials, 3000, true, ms);
    CHECK(trials.trusted());
}

TEST_CASE("what it costs is the dearest of late") {
    Trials trials(most);
    trials.took(1, 4 * ms);
    trials.took(2, ms);
    CHECK(trials.cost() == 3 * ms);
    for (std::uint64_t i = 3; i < 20; ++i) trials.took(i, ms);
    CHECK(trials.cost() == ms);
}

TEST_CASE("a core that refuses its states is given up") {
    Trials trials(most);
    trials.give();
    CHECK_FALSE(trials.isDue(100));
    CHECK_FALSE(trials.trusted());
}
