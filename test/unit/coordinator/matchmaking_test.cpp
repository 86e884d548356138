#include "coordinator/matchmaking.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using namespace cloudretro::coordinator;

namespace {

const System gb{
    "gb", "Game Boy", "GB", {}, {"gb"}, 1, {{"gambatte", "libretro-gambatte", {}}, {"mgba", "", {}}}};

WorkerFacts worker(WorkerId id, std::vector<std::string> cores, int capacity) {
    WorkerFacts facts;
    facts.id = id;
    facts.name = "worker " + std::to_string(id);
    facts.key = "key " + std::to_string(id);
    facts.cores = std::move(cores);
    facts.status.capacity = capacity;
    return facts;
}

// Has `rooms` of `all` rooms; `trip` ms from the coordinator.
WorkerFacts busy(WorkerId id, int rooms, int all, double trip = 0) {
    auto facts = worker(id, {"mgba"}, all - rooms);
    facts.status.rooms = rooms;
    facts.roundTrip = trip;
    return facts;
}

// A player who measured these ways: to the coordinator (0), to workers.
protocol::Start player(const std::vector<std::pair<WorkerId, int>>& trips) {
    protocol::Start wish;
    for (const auto& [id, ms] : trips) wish.roundTrips.push_back({id ? "key " + std::to_string(id) : "", ms});
    return wish;
}

Choice chosen(const std::vector<WorkerFacts>& workers, const protocol::Start& wish) {
    const auto choice = choose(workers, gb, wish);
    REQUIRE(std::holds_alternative<Choice>(choice));
    return std::get<Choice>(choice);
}

std::string troubleOf(const std::vector<WorkerFacts>& workers, const protocol::Start& wish = {}) {
    const auto choice = choose(workers, gb, wish);
    const auto* trouble = std::get_if<protocol::Trouble>(&choice);
    return trouble ? trouble->code : "none";
}

}

TEST_CASE("the worker with most free room of those equally far gets the room, with the core that the "
          "catalogue prefers") {
    const auto choice = choose(
        {worker(1, {"mgba"}, 1), worker(2, {"mgba", "gambatte"}, 3), worker(3, {"nestopia"}, 9)}, gb, {});
    REQUIRE(std::holds_alternative<Choice>(choice));
    CHECK(std::get<Choice>(choice).worker == 2);
    CHECK(std::get<Choice>(choice).core->name == "gambatte");
}

TEST_CASE("a less preferred core is better than none") {
    const auto choice = choose({worker(1, {"mgba"}, 1)}, gb, {});
    REQUIRE(std::holds_alternative<Choice>(choice));
    CHECK(std::get<Choice>(choice).core->name == "mgba");
}

TEST_CASE("what stands in the way is told apart") {
    CHECK(troubleOf({}) == "no-worker");
    CHECK(troubleOf({worker(1, {"nestopia"}, 1)}) == "missing-core");
    CHECK(troubleOf({worker(1, {"nestopia"}, 1), worker(2, {"mgba"}, 0)}) == "no-capacity");
    CHECK(troubleOf({worker(2, {"mgba"}, -1)}) == "no-capacity");
}

TEST_CASE("a worker whose only free places are of empty rooms is still better than none") {
    auto full = worker(1, {"mgba"}, 0);
    CHECK(troubleOf({full}) == "no-capacity");
    full.emptyRooms = 1;
    CHECK(troubleOf({full}) == "none");
}

TEST_CASE("who misses a core reads which package brings it") {
    const auto choice = choose({worker(1, {}, 1)}, gb, {});
    CHECK_THAT(std::get<protocol::Trouble>(choice).remedy, Catch::Contains("apt install libretro-gambatte"));
}

TEST_CASE("the nearest to the player is chosen, wherever it is from the coordinator") {
    const auto wish = player({{0, 1}, {1, 80}, {2, 5}, {3, 30}});
    CHECK(chosen({busy(1, 0, 4, 1), busy(2, 0, 4, 90), busy(3, 0, 4, 50)}, wish).worker == 2);
}

TEST_CASE("when it is full or draining the next is chosen, then it again") {
    const auto wish = player({{1, 80}, {2, 5}, {3, 30}});
    std::vector workers{busy(1, 0, 1), busy(2, 1, 1), busy(3, 0, 1)};
    CHECK(chosen(workers, wish).worker == 3);
    workers[2].status.draining = true;
    CHECK(chosen(workers, wish).worker == 1);
    workers[1] = busy(2, 0, 1);
    CHECK(chosen(workers, wish).worker == 2);
}

TEST_CASE("a way that was not measured is estimated through the coordinator") {
    const auto wish = player({{0, 10}, {1, 30}});
    CHECK(chosen({busy(1, 0, 4, 1), busy(2, 0, 4, 5)}, wish).worker == 2);
    CHECK(chosen({busy(1, 0, 4, 1), busy(2, 0, 4, 40)}, wish).worker == 1);
    CHECK_THAT(chosen({busy(2, 0, 4, 5)}, wish).why, Catch::StartsWith("about 15 ms away"));
}

TEST_CASE("equally near workers share the load by their size") {
    std::vector workers{busy(1, 0, 30), busy(2, 0, 10)};
    const auto wish = player({{1, 11}, {2, 12}});
    for (int i = 0; i < 20; ++i) {
        auto& status = workers[chosen(workers, wish).worker - 1].status;
        ++status.rooms;
        --status.capacity;
    }
    CHECK(workers[0].status.rooms == 15);
    CHECK(workers[1].status.rooms == 5);
}

TEST_CASE("a busy worker counts as farther away, by at most 20 ms") {
    const auto wish = player({{1, 10}, {2, 25}});
    CHECK(chosen({busy(1, 2, 10), busy(2, 0, 10)}, wish).worker == 1);
    CHECK(chosen({busy(1, 19, 20), busy(2, 0, 10)}, wish).worker == 2);
    CHECK(chosen({busy(1, 19, 20), busy(2, 0, 10)}, player({{1, 10}, {2, 31}})).worker == 1);
}

TEST_CASE("a waiting room does not make way while another worker is free") {
    auto waiting = busy(1, 1, 1);
    waiting.emptyRooms = 1;
    const auto wish = player({{1, 5}, {2, 90}});
    CHECK(chosen({waiting, busy(2, 0, 1)}, wish).worker == 2);
    CHECK(chosen({waiting, busy(2, 1, 1)}, wish).worker == 1);
}

TEST_CASE("a player may choose the region or the worker, by its key or name") {
    std::vector workers{busy(1, 0, 4), busy(2, 0, 4), busy(3, 0, 4)};
    workers[1].landmark.region = workers[2].landmark.region = "eu";
    auto wish = player({{1, 5}, {2, 30}, {3, 20}});
    wish.region = "eu";
    CHECK(chosen(workers, wish).worker == 3);
    CHECK_THAT(chosen(workers, wish).why, Catch::Contains("as the player wished (eu)"));
    wish.worker = "key 2";
    CHECK(chosen(workers, wish).worker == 2);
    wish.worker = "worker 2";
    CHECK(chosen(workers, wish).worker == 2);
    wish.worker = "worker 1"; // is not there
    CHECK(troubleOf(workers, wish) == "unknown-place");
    wish = {};
    wish.region = "moon";
    CHECK(troubleOf(workers, wish) == "unknown-place");
    wish.region = "eu";
    workers[1].status.capacity = workers[2].status.capacity = 0;
    CHECK(troubleOf(workers, wish) == "no-capacity");
    workers[1].cores = workers[2].cores = {"nestopia"};
    CHECK(troubleOf(workers, wish) == "missing-core");
}

TEST_CASE("the reason names how far, how free, and what would be next") {
    const auto wish = player({{1, 12}, {2, 30}});
    CHECK(chosen({busy(1, 1, 6), busy(2, 0, 2)}, wish).why ==
          "12 ms away, 5 of 6 rooms free; next: worker 2, 30 ms away, 2 of 2 rooms free");
    CHECK(chosen({busy(1, 1, 6)}, wish).why == "12 ms away, 5 of 6 rooms free; the only one with room");
}

TEST_CASE("nonsense that a browser claims changes nothing for others") {
    CHECK(chosen({busy(1, 0, 4), busy(2, 0, 4)}, player({{1, -2'000'000'000}, {2, 2'000'000'000}})).worker ==
          1);
}
