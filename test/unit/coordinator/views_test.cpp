// What is told of rooms and workers, to everybody and to those who run the server.
#include "base/json.hpp"
#include "coordinator/views.hpp"
#include "town.hpp"

using namespace cloudretro::test;
using cloudretro::base::Json;

namespace {

WorkerFacts nearWorker() {
    WorkerFacts facts;
    facts.id = Town::worker;
    facts.name = "near";
    facts.landmark.region = "eu";
    facts.status = {0.5, 100, 1, 3, true};
    facts.roundTrip = 12;
    return facts;
}

}

TEST_CASE("an administrator sees who plays where, how well, and why there") {
    Town town;
    const auto room = town.startOpen(1);
    town.join(2, room);
    town.join(3, room); // a game for two: the third watches
    const std::vector<double> means{1, 7, 1, 1, 1, 1, 8};
    town.rooms.handle(2, Report{{20, 15, 4000, 60}, {{90, 10, 20}, means}});
    town.now += 70s;
    town.rooms.handle(2, Report{{20, 15, 4000, 60}, {{30, 20, 10}, means}});
    town.rooms.handle(2, Report{{20, 15, 4000, 60}, {{-5, 20, 10}, means}});
    town.rooms.away(1);
    town.now -= 70s;
    town.now += 90s;
    const auto view = adminView({nearWorker()}, town.rooms.all(), town.now);

    REQUIRE(view.rooms.size() == 1);
    const auto& seen = view.rooms[0];
    CHECK(seen.id == room);
    CHECK(seen.why == "it was near");
    CHECK(seen.age == Approx(90));
    CHECK(seen.observers == 1);
    CHECK(seen.picture.empty());
    REQUIRE(seen.players.size() == 2);
    CHECK(seen.players[0].away);
    CHECK(seen.players[0].roundTrip == -1);
    CHECK(seen.players[1].name == "Name 2");
    CHECK(seen.players[1].seats == Seats{1});
    CHECK(seen.players[1].roundTrip == 20);
    CHECK(seen.players[1].lost == Approx(0.015));
    CHECK(seen.players[1].bitrate == Approx(4e6));
    CHECK(seen.players[1].latency == Approx(20));
    CHECK(seen.latency == Approx(20));
    CHECK(seen.slowLatency == Approx(30));

    REQUIRE(view.workers.size() == 1);
    CHECK(view.workers[0].id == seen.worker);
    CHECK(view.workers[0].players == 2);
    CHECK(view.workers[0].region == "eu");
    CHECK(view.workers[0].roundTrip == 12);
    CHECK(view.workers[0].draining);
}

TEST_CASE("metrics count what an administrator sees") {
    Town town;
    town.startOpen(1);
    town.startOpen(2);
    const auto view = adminView({nearWorker()}, town.rooms.all(), town.now);
    RoomNumbers numbers;
    const auto metrics = metricsOf(view, {}, 5, 9, numbers);
    CHECK(metrics.roomsBySystem == std::map<std::string, int>{{"", 2}});
    CHECK(metrics.players == 2);
    CHECK(metrics.browsers == 5);
    CHECK(metrics.games == 9);
    REQUIRE(metrics.workers.size() == 1);
    CHECK(metrics.workers[0].capacity == 3);
}

TEST_CASE("others see rooms and pictures only of rooms that their hosts list") {
    Town town;
    const auto room = town.startOpen(1);
    town.rooms.handle(town.worker, RoomPhoto{room, "SlBFRw=="});
    const auto listed = [&] { return Json::parse(listedRooms(town.rooms.all())); };
    CHECK(listed().empty());
    CHECK_FALSE(photo(town.rooms.all(), room, false));
    const auto seen = photo(town.rooms.all(), room, true);
    REQUIRE(seen);
    CHECK(std::string(static_cast<const char*>(g_bytes_get_data(seen.get(), nullptr)), 4) == "JPEG");

    const auto picture = [&] { return adminView({}, town.rooms.all(), town.now).rooms[0].picture; };
    const auto before = picture();
    CHECK_THAT(before, Catch::StartsWith("/api/admin/rooms/" + room + "/photo?"));
    town.rooms.handle(town.worker, RoomPhoto{room, "SlBFRzI="});
    CHECK(picture() != before);

    town.rooms.handle(1, SetRoom{false, true, false});
    REQUIRE(listed().size() == 1);
    CHECK(listed()[0]["id"] == room);
    CHECK(listed()[0]["photo"] == true);
    CHECK(photo(town.rooms.all(), room, false));
    CHECK_FALSE(photo(town.rooms.all(), "none", true));
}
