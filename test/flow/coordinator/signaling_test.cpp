// From "play" to the offer, through coordinator, worker and room.
#include "server.hpp"
#include "visitor.hpp"
#include "wait.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::test;
using namespace cloudretro::protocol;

namespace {

std::vector<int> seatsOf(Visitor& visitor, const std::string& person) {
    const auto room = visitor.hear<RoomChanged>();
    REQUIRE(room);
    for (const auto& each : room->people)
        if (each.id == person) return each.seats;
    return {};
}

}

TEST_CASE("a game starts, a friend joins, and when both have left nothing remains") {
    Server server({"--port=0", "--room-grace=0", "--ice-server=turn:me:secret@turn.example:3478"});
    Visitor host(server.port());
    host.send(Hello{version, {"VP8"}, "", "", ""});
    const auto welcome = host.hear<Welcome>();
    REQUIRE(welcome);
    REQUIRE(welcome->iceServers.size() == 1);
    CHECK(welcome->iceServers[0].credential == "secret");

    host.send(start(demoGame(server)));
    const auto joined = host.hear<Joined>();
    REQUIRE(joined);
    CHECK(seatsOf(host, joined->person) == std::vector{0});
    CHECK(joined->room.size() == 22);
    CHECK(joined->game.seats == 4);
    const auto offer = host.hear<Offer>();
    REQUIRE(offer);
    CHECK_THAT(offer->sdp, Catch::StartsWith("v=0") && Catch::Contains("m=video"));
    const auto candidate = host.hear<Candidate>();
    REQUIRE(candidate);
    CHECK(candidate->peer == offer->peer);

    Visitor friendly(server.port());
    friendly.greet();
    friendly.send(Join{joined->room, ""});
    const auto alsoJoined = friendly.hear<Joined>();
    REQUIRE(alsoJoined);
    CHECK(seatsOf(friendly, alsoJoined->person) == std::vector{1});
    CHECK(friendly.hear<PictureChanged>()->picture.width > 0);
    const auto otherOffer = friendly.hear<Offer>();
    REQUIRE(otherOffer);
    CHECK(otherOffer->peer != offer->peer);
    CHECK(getJson(server.address("/healthz"))["rooms"] == 1);

    friendly.send(Retry{});
    const auto again = friendly.hear<Offer>();
    REQUIRE(again);
    CHECK(again->peer != otherOffer->peer);

    host.send(Leave{});
    friendly.send(Leave{});
    CHECK(until([&] { return getJson(server.address("/healthz"))["rooms"] == 0; }));
    CHECK(until([&] { return server.processesOf("room").size() == 1; })); // the warm spare
}

TEST_CASE("the page that goes away leaves its room when the grace time is over") {
    Server server({"--port=0", "--room-grace=0"});
    {
        Visitor visitor(server.port());
        visitor.greet();
        visitor.send(start(demoGame(server)));
        REQUIRE(visitor.hear<Joined>());
        CHECK(getJson(server.address("/healthz"))["rooms"] == 1);
    }
    CHECK(until([&] { return getJson(server.address("/healthz"))["rooms"] == 0; }));
}

TEST_CASE("when all rooms are taken, the player reads so; a free place is found again") {
    Server server({"--port=0", "--room-grace=0", "--max-rooms=1"});
    Visitor first(server.port()), second(server.port());
    first.greet();
    second.greet();
    first.send(start(demoGame(server)));
    REQUIRE(first.hear<Joined>());
    second.send(start(demoGame(server)));
    CHECK(second.hearFailure() == "no-capacity");
    first.send(Leave{});
    CHECK(until([&] { return getJson(server.address("/api/status"))["workers"][0]["capacity"] == 1; }));
    second.send(start(demoGame(server)));
    CHECK(second.hear<Joined>());
}

TEST_CASE("a game that nobody is in makes way for another at once") {
    Server server({"--port=0", "--room-grace=3600", "--max-rooms=1"});
    Visitor visitor(server.port());
    visitor.greet();
    for (int game = 0; game < 3; ++game) {
        visitor.send(start(demoGame(server))); // leaves the one before
        REQUIRE(visitor.hear<Joined>());
    }
}

TEST_CASE("a system whose core nobody has is not playable, and says what to install") {
    const TempDir games;
    games.write("odd/Game.odd");
    const auto catalogue =
        games.write("catalogue.toml", "[[system]]\nid=\"odd\"\nname=\"Odd\"\nextensions=[\"odd\"]\n"
                                      "[[system.core]]\nname=\"odd_core\"\npackage=\"libretro-odd\"\n");
    Server server({"--port=0", "--games-dir", games.path.string(), "--catalogue", catalogue});
    Visitor visitor(server.port());
    visitor.greet();
    visitor.send(start("odd/Game"));
    const auto failed = visitor.hear<Failed>();
    REQUIRE(failed);
    CHECK(failed->trouble.code == "missing-core");
    CHECK_THAT(failed->trouble.remedy, Catch::Contains("apt install libretro-odd"));
}
