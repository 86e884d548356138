// Thousands of small worlds, in which workers and players come and go, against rules that the choice must
// keep.
#include "coordinator/matchmaking.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

using namespace cloudretro;
using namespace cloudretro::coordinator;

namespace {

const System gb{"gb", "Game Boy", "GB", {}, {"gb"}, 1, {{"gambatte", "", {}}, {"mgba", "", {}}}};
const std::vector<std::string> regions{"eu", "us", "asia", ""};

class Simulation {
public:
    explicit Simulation(unsigned seed) : random_(seed), seed_(seed) {
        for (int n = between(1, 6); n; --n) workerJoins();
    }

    void run() {
        for (int step = 0; step < 60; ++step) {
            const int dice = between(0, 99);
            if (dice < 60)
                playerComes();
            else if (dice < 85)
                roomEnds();
            else if (dice < 90)
                roomEmpties();
            else if (dice < 94)
                workerJoins();
            else if (dice < 97)
                pick().status.draining ^= true;
            else if (workers_.size() > 1)
                workers_.erase(workers_.begin() + between(0, int(workers_.size()) - 1));
        }
    }

private:
    int between(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }
    WorkerFacts& pick() { return workers_[std::size_t(between(0, int(workers_.size()) - 1))]; }

    void workerJoins() {
        WorkerFacts worker;
        worker.id = ++lastId_;
        worker.key = "key " + std::to_string(worker.id);
        worker.name = "host " + std::to_string(worker.id);
        worker.landmark.region = regions[std::size_t(between(0, 3))];
        worker.cores =
            between(0, 9) ? std::vector<std::string>{"mgba"} : std::vector<std::string>{"nestopia"};
        worker.status.capacity = between(0, 12);
        worker.roundTrip = between(-1, 120);
        workers_.push_back(worker);
    }
    void roomEnds() {
        auto& worker = pick();
        if (worker.status.rooms == worker.emptyRooms) return;
        --worker.status.rooms;
        ++worker.status.capacity;
    }
    void roomEmpties() {
        auto& worker = pick();
        if (worker.emptyRooms < worker.status.rooms) ++worker.emptyRooms;
    }

    void playerComes() {
        protocol::Start wish;
        if (between(0, 9)) wish.roundTrips.push_back({"", between(0, 150)});
        for (const auto& worker : workers_)
            if (between(0, 4)) wish.roundTrips.push_back({worker.key, between(0, 300)});
        if (!between(0, 9)) wish.region = regions[std::size_t(between(0, 3))];
        if (!between(0, 19)) wish.worker = pick().key;
        const auto choice = choose(workers_, gb, wish);
        if (const auto* trouble = std::get_if<protocol::Trouble>(&choice))
            return expect(trouble->code == refusal(wish), "a refusal with the right reason");
        const auto& made = std::get<Choice>(choice);
        const auto at = std::ranges::find(workers_, made.worker, &WorkerFacts::id);
        expect(at != workers_.end() && made.core == &gb.cores[1], "a worker and its core");
        check(*at, wish);
        if (at->status.capacity < 1) {
            --at->emptyRooms;
            --at->status.rooms;
            ++at->status.capacity;
        }
        ++at->status.rooms;
        --at->status.capacity;
    }

    // ---- the rules, told in other words than the code ----

    static bool suits(const WorkerFacts& worker, const protocol::Start& wish) {
        return (wish.region.empty() || wish.region == worker.landmark.region) &&
               (wish.worker.empty() || wish.worker == worker.key);
    }
    static bool plays(const WorkerFacts& worker) { return worker.cores.front() == "mgba"; }
    static bool isFree(const WorkerFacts& worker) {
        return !worker.status.draining && worker.status.capacity > 0;
    }
    static bool canMakeWay(const WorkerFacts& worker) {
        return !worker.status.draining && worker.status.capacity + worker.emptyRooms > 0;
    }
    static double distance(const WorkerFacts& worker, const protocol::Start& wish) {
        double here = 0;
        for (const auto& trip : wish.roundTrips) {
            if (trip.worker == worker.key) return trip.ms;
            if (trip.worker.empty()) here = trip.ms;
        }
        return here + std::max(0.0, worker.roundTrip);
    }
    static double load(const WorkerFacts& worker, int more) {
        return double(worker.status.rooms - worker.emptyRooms + more) /
               std::max(1, worker.status.rooms + worker.status.capacity);
    }

    // Catch2's own checks are too slow for millions of them.
    void expect(bool holds, const char* rule) const {
        if (!holds) FAIL("expected " << rule << " in the world with the seed " << seed_);
    }

    std::string refusal(const protocol::Start& wish) const {
        const auto any = [&](auto test) { return std::ranges::any_of(workers_, test); };
        if (!any(plays)) return "missing-core";
        if (!any([&](const auto& w) { return suits(w, wish); })) return "unknown-place";
        if (!any([&](const auto& w) { return suits(w, wish) && plays(w); })) return "missing-core";
        const bool possible = any([&](const auto& w) { return suits(w, wish) && plays(w) && canMakeWay(w); });
        return possible ? "none" : "no-capacity";
    }

    void check(const WorkerFacts& taken, const protocol::Start& wish) const {
        expect(suits(taken, wish), "the place that was wished for");
        expect(plays(taken), "a worker that has the core");
        expect(canMakeWay(taken), "a worker that is neither full nor draining");
        for (const auto& other : workers_) {
            if (!suits(other, wish) || !plays(other) || !canMakeWay(other)) continue;
            expect(isFree(taken) || !isFree(other), "a free worker before one that has to make way");
            if (isFree(other) != isFree(taken)) continue;
            const double closer = distance(taken, wish) - distance(other, wish);
            const double lighter = load(other, 1) - load(taken, 1);
            expect(closer <= 20, "nobody more than 20 ms farther away than need be");
            expect(closer <= 0 || lighter > 0, "nobody sent farther away but to a less loaded worker");
            expect(closer < 0 || lighter > -1e-9, "the less loaded of those equally near");
        }
    }

    std::mt19937 random_;
    const unsigned seed_;
    WorkerId lastId_ = 0;
    std::vector<WorkerFacts> workers_;
};

// No two loads are farther apart than 10 %, or than one room makes on the smaller of the two.
bool isEven(const std::vector<WorkerFacts>& workers) {
    const auto size = [](const WorkerFacts& w) { return double(w.status.rooms + w.status.capacity); };
    for (const auto& one : workers)
        for (const auto& other : workers) {
            const double apart = one.status.rooms / size(one) - other.status.rooms / size(other);
            if (apart > std::max(0.1, 1 / std::min(size(one), size(other))) + 1e-9) return false;
        }
    return true;
}

}

TEST_CASE("in five thousand worlds nobody gets a worse worker than the rules allow") {
    const unsigned first = std::random_device{}();
    for (unsigned i = 0; i < 5000; ++i) Simulation(first + i).run();
}

TEST_CASE("players who come one after the other load equally near workers equally, within 10 % or one room") {
    const unsigned first = std::random_device{}();
    for (unsigned seed = first; seed < first + 500; ++seed) {
        std::mt19937 random(seed);
        const auto between = [&](int low, int high) {
            return std::uniform_int_distribution(low, high)(random);
        };
        std::vector<WorkerFacts> workers;
        int places = 0;
        for (int n = between(2, 8); n; --n) {
            WorkerFacts worker;
            worker.id = workers.size() + 1;
            worker.key = std::to_string(worker.id);
            worker.cores = {"mgba"};
            places += worker.status.capacity = between(1, 40);
            workers.push_back(worker);
        }
        for (int arrival = 0; arrival < places; ++arrival) {
            protocol::Start wish;
            const int nearest = between(0, 100);
            // What measuring does to equal ways.
            for (const auto& worker : workers)
                wish.roundTrips.push_back({worker.key, nearest + between(0, 1)});
            const auto choice = choose(workers, gb, wish);
            if (!std::holds_alternative<Choice>(choice)) FAIL("refused in the world with the seed " << seed);
            auto& status = workers[std::get<Choice>(choice).worker - 1].status;
            ++status.rooms;
            --status.capacity;
            if (!isEven(workers)) FAIL("uneven in the world with the seed " << seed);
        }
    }
}
