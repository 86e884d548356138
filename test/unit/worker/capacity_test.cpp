#include "worker/capacity.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::worker;

namespace {

// A machine with `cores` CPUs on which, each second, `busy` of them are in use and the rooms take `roomCpu`.
struct Machine {
    double cores;
    MachineTime time{};
    Usage rooms{};

    void run(Capacity& capacity, int seconds, double busy, double roomCpu, int count) {
        for (int i = 0; i < seconds; ++i) {
            time.total += cores;
            time.idle += cores - busy;
            rooms.cpuSeconds += roomCpu;
            capacity.sample(time, rooms, count);
        }
    }
};

}

TEST_CASE("an idle machine takes many rooms, and as many as it has CPUs before it knows anything") {
    Capacity capacity(8, 0);
    CHECK(capacity.roomsThatFit(0) >= 8);
    Machine{8}.run(capacity, 30, 0, 0, 0);
    CHECK(capacity.cpu() == Approx(0).margin(0.01));
    CHECK(capacity.roomsThatFit(0) >= 8);
}

TEST_CASE("capacity follows what rooms really cost") {
    Capacity cheap(8, 0), dear(8, 0);
    Machine{8}.run(cheap, 60, 0.4, 0.4, 4); // a tenth of a CPU each
    Machine{8}.run(dear, 60, 4, 4, 4);      // a whole one each
    CHECK(cheap.roomsThatFit(4) == Approx((8 * 0.85 - 0.4) / 0.1).margin(2));
    CHECK(dear.roomsThatFit(4) == 4); // one per CPU is promised
    CHECK(dear.roomsThatFit(8) == 2); // 2.8 CPUs are left
}

TEST_CASE("a machine that is busy with other things still takes one room per CPU") {
    Capacity capacity(2, 0);
    Machine{2}.run(capacity, 30, 2, 0, 0);
    CHECK(capacity.cpu() == Approx(1).margin(0.01));
    CHECK(capacity.roomsThatFit(0) == 2);
    CHECK(capacity.roomsThatFit(1) == 1);
    CHECK(capacity.roomsThatFit(2) == 0);
    CHECK(capacity.roomsThatFit(5) == 0);
}

TEST_CASE("the cap is a cap") {
    Capacity capacity(8, 3);
    Machine{8}.run(capacity, 30, 0, 0, 0);
    CHECK(capacity.roomsThatFit(0) == 3);
    CHECK(capacity.roomsThatFit(2) == 1);
    CHECK(capacity.roomsThatFit(3) == 0);
    CHECK(capacity.roomsThatFit(4) == 0);
}
