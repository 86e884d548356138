#include "worker/restarts.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using cloudretro::worker::Restarts;
using namespace std::chrono_literals;

namespace {

const Restarts::Time begin{};

protocol::SavedBytes file(const std::string& name) { return {"", 1, name}; }

}

TEST_CASE("a room goes on from its newest state and SRAM") {
    Restarts restarts;
    restarts.started(begin);
    restarts.keepState(file("one"));
    restarts.keepState(file("two"));
    restarts.keepSram(file("sram"));
    const auto start = restarts.next(false, begin + 1s);
    REQUIRE(start);
    CHECK(start->state.file == "two");
    CHECK(start->sram.file == "sram");
}

TEST_CASE("two states are kept, and one SRAM: what falls out is named") {
    Restarts restarts;
    CHECK_FALSE(restarts.keepState(file("one")));
    CHECK_FALSE(restarts.keepState(file("two")));
    CHECK(restarts.keepState(file("three")) == "one");
    CHECK_FALSE(restarts.keepSram(file("a")));
    CHECK(restarts.keepSram(file("b")) == "a");
}

TEST_CASE("who ends right after its start leads to the state before, then to SRAM only, then to the end") {
    Restarts restarts;
    restarts.started(begin);
    restarts.keepState(file("one"));
    restarts.keepState(file("two"));
    restarts.keepSram(file("sram"));
    auto now = begin;
    const auto next = [&] {
        const auto start = restarts.next(false, now += 1s);
        restarts.started(now);
        return start;
    };
    CHECK(next()->state.file == "two"); // it had played
    CHECK(next()->state.file == "one");
    const auto last = next();
    CHECK(last->state.file.empty());
    CHECK(last->sram.file == "sram");
    CHECK(next()); // the second crash without a state to blame
    CHECK_FALSE(next());
}

TEST_CASE("three crashes within a minute are enough, in more they are not") {
    Restarts quick, slow;
    for (int i = 0; i < 3; ++i) {
        quick.keepState(file("state"));
        CHECK(bool(quick.next(false, begin + i * 25s)) == (i < 2));
    }
    for (int i = 0; i < 20; ++i) {
        slow.keepState(file("state"));
        CHECK(slow.next(false, begin + i * 31s));
    }
}

TEST_CASE("who is killed in play may be killed any number of times; who is killed before, not") {
    Restarts playing, never;
    for (int i = 0; i < 100; ++i) {
        playing.started(begin + i * 3s);
        playing.keepState(file("state"));
        CHECK(playing.next(true, begin + i * 3s + 2s)->state.file == "state");
    }
    never.keepState(file("state"));
    int starts = 0;
    for (auto now = begin; never.next(true, now); now += 1s) {
        never.started(now);
        REQUIRE(++starts < 10);
    }
    CHECK(starts > 2);
    CHECK(never.newest().state.file == "state"); // it is not the state's fault
}
