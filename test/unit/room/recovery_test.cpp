#include "room/recovery.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::room;
using namespace std::chrono_literals;

namespace {

const Recovery::Time begin{};

Snapshot snapshot(std::uint64_t frame, std::size_t size = 10) {
    return {std::make_shared<const std::vector<std::byte>>(size), frame, "Core", "1", 0};
}

std::uint64_t frameOf(const std::optional<Recovery::Start>& start) {
    REQUIRE(start);
    return start->state ? start->state->frame : 0;
}

}

TEST_CASE("a game goes on from the newest snapshot, with the newest SRAM") {
    Recovery recovery;
    recovery.keep(snapshot(60));
    recovery.keep(snapshot(120));
    recovery.keepSram(snapshot(0).bytes);
    const auto start = recovery.restart(true, true, begin);
    CHECK(frameOf(start) == 120);
    CHECK(start->sram);
}

TEST_CASE("a crash before the first snapshot begins anew") {
    Recovery recovery;
    CHECK(frameOf(recovery.restart(true, true, begin)) == 0);
}

TEST_CASE("three crashes in a minute are enough") {
    Recovery recovery;
    recovery.keep(snapshot(60));
    CHECK(recovery.restart(true, true, begin));
    CHECK(recovery.restart(true, true, begin + 30s));
    CHECK_FALSE(recovery.restart(true, true, begin + 59s));
}

TEST_CASE("three crashes in more than a minute are not") {
    Recovery recovery;
    for (int i = 0; i < 20; ++i) CHECK(recovery.restart(true, true, begin + i * 31s));
}

TEST_CASE("who is killed while all is well may be killed any number of times") {
    Recovery recovery;
    recovery.keep(snapshot(60));
    for (int i = 0; i < 100; ++i) CHECK(recovery.restart(true, false, begin + i * 1s));
}

TEST_CASE("a snapshot that fails twice is skipped for the one before, then for none; then it is enough") {
    Recovery recovery;
    for (const int frame : {60, 120, 180}) recovery.keep(snapshot(std::uint64_t(frame)));
    CHECK(frameOf(recovery.restart(true, true, begin)) == 180);
    CHECK(frameOf(recovery.restart(false, true, begin + 1s)) == 180);
    CHECK(frameOf(recovery.restart(false, true, begin + 2s)) == 120);
    CHECK(frameOf(recovery.restart(false, true, begin + 3s)) == 120);
    CHECK(frameOf(recovery.restart(false, true, begin + 4s)) == 0);
    CHECK(frameOf(recovery.restart(false, true, begin + 5s)) == 0);
    CHECK_FALSE(recovery.restart(false, true, begin + 6s));
}

TEST_CASE("a start that is killed again and again ends as well") {
    Recovery recovery;
    recovery.keep(snapshot(60));
    int starts = 0;
    for (auto time = begin; recovery.restart(false, false, time); time += 1s) REQUIRE(++starts < 20);
    CHECK(starts > 2);
}

TEST_CASE("a new snapshot after a bad one is trusted") {
    Recovery recovery;
    recovery.keep(snapshot(60));
    recovery.keep(snapshot(120));
    CHECK(frameOf(recovery.restart(true, true, begin)) == 120);
    CHECK(frameOf(recovery.restart(false, true, begin + 1s)) == 120);
    CHECK(frameOf(recovery.restart(false, true, begin + 2s)) == 60);
    recovery.keep(snapshot(180));
    CHECK(frameOf(recovery.restart(true, true, begin + 3s)) == 180);
}

TEST_CASE("memory is bounded, but two snapshots are always kept") {
    Recovery recovery;
    for (int i = 0; i < 100; ++i) recovery.keep(snapshot(std::uint64_t(i)));
    CHECK(recovery.snapshots().size() == Recovery::mostSnapshots);
    CHECK(recovery.snapshots().back().frame == 99);
    for (int i = 0; i < 4; ++i) recovery.keep(snapshot(std::uint64_t(i), Recovery::mostBytes));
    CHECK(recovery.snapshots().size() == 2);
}

TEST_CASE("the state that a room was opened with is blamed as any other") {
    Recovery recovery;
    recovery.begin({snapshot(500), snapshot(0).bytes});
    CHECK(recovery.fromState());
    CHECK(frameOf(recovery.restart(false, true, begin)) == 500);
    const auto last = recovery.restart(false, true, begin + 1s);
    CHECK(frameOf(last) == 0);
    CHECK(last->sram);
    CHECK_FALSE(recovery.fromState());
}
