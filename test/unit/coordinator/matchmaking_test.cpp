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
    facts.cores = std::move(cores);
    facts.status.capacity = capacity;
    return facts;
}

std::string troubleOf(const std::vector<WorkerFacts>& workers) {
    const auto choice = choose(workers, gb);
    const auto* trouble = std::get_if<protocol::Trouble>(&choice);
    return trouble ? trouble->code : "none";
}

}

TEST_CASE("the worker with most capacity gets the room, with the core that the catalogue prefers") {
    const auto choice =
        choose({worker(1, {"mgba"}, 1), worker(2, {"mgba", "gambatte"}, 3), worker(3, {"nestopia"}, 9)}, gb);
    REQUIRE(std::holds_alternative<Choice>(choice));
    CHECK(std::get<Choice>(choice).worker == 2);
    CHECK(std::get<Choice>(choice).core->name == "gambatte");
}

TEST_CASE("a less preferred core is better than none") {
    const auto choice = choose({worker(1, {"mgba"}, 1)}, gb);
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
    const auto choice = choose({worker(1, {}, 1)}, gb);
    CHECK_THAT(std::get<protocol::Trouble>(choice).remedy, Catch::Contains("apt install libretro-gambatte"));
}
