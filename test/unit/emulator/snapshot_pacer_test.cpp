#include "emulator/snapshot_pacer.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::emulator;

namespace {
constexpr Nanoseconds ms = 1'000'000, second = 1000 * ms, slack = 10 * ms;
}

TEST_CASE("cheap snapshots come every second") {
    SnapshotPacer pacer(0);
    CHECK_FALSE(pacer.isDue(second - 1, slack));
    CHECK(pacer.isDue(second, slack));
    pacer.took(second, ms / 10);
    CHECK_FALSE(pacer.isDue(2 * second - 1, slack));
    CHECK(pacer.isDue(2 * second, slack));
}

TEST_CASE("dear ones take one part in a hundred of the time, but come every ten seconds at least") {
    SnapshotPacer pacer(0);
    pacer.took(0, 40 * ms);
    CHECK(pacer.interval() == 4 * second);
    pacer.took(0, 400 * ms);
    CHECK(pacer.interval() == 10 * second);
}

TEST_CASE("one dear snapshot is forgotten after a few cheap ones") {
    SnapshotPacer pacer(0);
    pacer.took(0, 60 * ms);
    for (int i = 0; i < 10; ++i) pacer.took(0, ms);
    CHECK(pacer.interval() == SnapshotPacer::shortest);
}

TEST_CASE("a snapshot waits for a frame that leaves it room, for a quarter of its interval") {
    SnapshotPacer pacer(0);
    pacer.took(0, 10 * ms);
    CHECK_FALSE(pacer.isDue(second, 14 * ms));
    CHECK(pacer.isDue(second, 16 * ms));
    CHECK(pacer.isDue(second + second / 4 + 1, 0));
}

TEST_CASE("after a jump the next one is due at once") {
    SnapshotPacer pacer(0);
    pacer.hurry(5 * ms);
    CHECK(pacer.isDue(5 * ms, slack));
}

TEST_CASE("whoever needs them closer together sets other limits") {
    SnapshotPacer pacer(0, {200, 50 * ms, 500 * ms});
    CHECK(pacer.isDue(50 * ms, slack));
    pacer.took(0, ms);
    CHECK(pacer.interval() == 200 * ms);
    pacer.took(0, 10 * ms);
    CHECK(pacer.interval() == 500 * ms);
}
