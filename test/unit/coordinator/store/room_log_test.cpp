#include "coordinator/store/room_log.hpp"
#include "coordinator/store/schema.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using namespace cloudretro::coordinator::store;

TEST_CASE("whose saves a room writes is known by its epoch, for 30 days") {
    base::Database database(":memory:");
    migrate(database);
    RoomLog log(database);
    log.note("room", 3, {"ann", "nes/flash"});
    log.note("room", 4, {"bob", "nes/other"});
    REQUIRE(log.find("room", 3));
    CHECK(log.find("room", 3)->profile == "ann");
    CHECK(log.find("room", 4)->game == "nes/other");
    CHECK_FALSE(log.find("room", 5));
    CHECK(log.wentOn("room", 3));
    CHECK_FALSE(log.wentOn("room", 4));
    CHECK_FALSE(log.find("other", 3));
    database.run("UPDATE rooms SET opened = opened - 31 * 24 * 3600 WHERE epoch = 3");
    log.note("next", 1, {"ann", "nes/flash"});
    CHECK_FALSE(log.find("room", 3));
    CHECK(log.find("room", 4));
}
