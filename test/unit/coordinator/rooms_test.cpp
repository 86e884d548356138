#include "town.hpp"

using namespace cloudretro::test;

TEST_CASE("who starts a game gets the first seat, and the offer as soon as the room makes it") {
    Town town;
    const auto room = town.start(1);
    CHECK(town.lastTo<OpenRoom>()->core == "nestopia");
    REQUIRE(town.lastTo<AddPeer>()); // the room prepares the offer while the game loads
    CHECK(town.lastTo<AddPeer>()->seats == Seats{0});
    CHECK(town.lastTo<AddPeer>()->codecs == std::vector<std::string>{"VP8"});
    CHECK(town.browsers.empty());

    town.offer(room);
    REQUIRE(town.browsers.size() == 3);
    CHECK(std::get<Joined>(town.browsers[0].second).room == room);
    CHECK(std::holds_alternative<RoomChanged>(town.browsers[1].second));
    CHECK(std::get<Offer>(town.browsers[2].second).sdp == "sdp");
    CHECK(town.seatsOf(1) == Seats{0});
    CHECK(town.isHost(1));

    town.rooms.handle(Town::worker, RoomOpened{room, 2, {256, 240, 1.3, 60}});
    REQUIRE(town.last<PictureChanged>(1));
    CHECK(town.last<PictureChanged>(1)->picture.width == 256);
}

TEST_CASE("when the game runs before the offer is made, the player is told once") {
    Town town;
    const auto room = town.startOpen(1);
    town.offer(room);
    REQUIRE(town.browsers.size() == 4);
    CHECK(std::holds_alternative<Joined>(town.browsers[0].second));
    CHECK(std::holds_alternative<RoomChanged>(town.browsers[1].second));
    CHECK(std::holds_alternative<PictureChanged>(town.browsers[2].second));
    CHECK(std::holds_alternative<Offer>(town.browsers[3].second));
}

TEST_CASE("joiners get the lowest free seat, or watch") {
    Town town;
    const auto room = town.startOpen(1);
    for (BrowserId browser : {2, 3}) town.join(browser, room);
    CHECK(town.seatsOf(2) == Seats{1});
    CHECK(town.seatsOf(3).empty());
    CHECK(town.last<Joined>(3)->game.id == "nes/Game");
    town.rooms.leave(1);
    town.join(4, room);
    CHECK(town.seatsOf(4) == Seats{0});
}

TEST_CASE("a room that is not there cannot be joined") {
    Town town;
    town.later(10s);
    town.join(1, "none");
    CHECK(town.failure(1) == "unknown-room");
}

TEST_CASE("answers and candidates reach the room only from the browser whose peer it is") {
    Town town;
    const auto room = town.startOpen(1);
    town.offer(room);
    town.join(2, room);
    town.offer(room);
    const auto first = town.peerOf(1), second = town.peerOf(2);

    town.rooms.handle(BrowserId{1}, Answer{second, "stolen"});
    town.rooms.handle(BrowserId{1}, Candidate{second, 0, "stolen"});
    town.rooms.handle(BrowserId{3}, Answer{first, "stranger"});
    town.rooms.handle(BrowserId{1}, Answer{"", "nobody's"});
    CHECK(town.count<PeerAnswer>() == 0);
    CHECK(town.count<PeerCandidate>() == 0);

    town.rooms.handle(BrowserId{1}, Answer{first, "mine"});
    town.rooms.handle(BrowserId{2}, Candidate{second, 1, "also mine"});
    CHECK(town.lastTo<PeerAnswer>()->sdp == "mine");
    CHECK(town.lastTo<PeerAnswer>()->room == room);
    CHECK(town.lastTo<PeerCandidate>()->line == 1);

    town.rooms.handle(Town::worker, PeerCandidate{room, first, 0, "back"});
    CHECK(town.last<Candidate>(1)->candidate == "back");
    CHECK_FALSE(town.last<Candidate>(2));
}

TEST_CASE("a peer may send so many candidates and no more") {
    Town town;
    const auto room = town.startOpen(1);
    town.offer(room);
    for (int i = 0; i < 100; ++i) town.rooms.handle(BrowserId{1}, Candidate{town.peerOf(1), 0, "c"});
    CHECK(town.count<PeerCandidate>() == 64);
}

TEST_CASE("another worker cannot speak for a room") {
    Town town;
    const auto room = town.startOpen(1);
    town.browsers.clear();
    town.rooms.handle(WorkerId{8}, PeerOffer{room, town.lastTo<AddPeer>()->peer, "evil"});
    town.rooms.handle(WorkerId{8}, RoomClosed{room, {}});
    town.rooms.handle(WorkerId{8}, RoomPicture{room, {}});
    CHECK(town.browsers.empty());
    CHECK(town.rooms.all().size() == 1);
}

TEST_CASE("a retry makes a new peer in the same seat; what concerns the old one is stale") {
    Town town;
    const auto room = town.startOpen(1);
    town.join(2, room);
    town.offer(room);
    const auto old = town.peerOf(2);
    town.rooms.handle(BrowserId{2}, Retry{});
    CHECK(town.lastTo<RemovePeer>()->peer == old);
    CHECK(town.lastTo<AddPeer>()->seats == Seats{1});
    CHECK(town.lastTo<AddPeer>()->peer != old);
    town.rooms.handle(BrowserId{2}, Answer{old, "late"});
    CHECK(town.count<PeerAnswer>() == 0);
}

TEST_CASE("a lost connection keeps its seat for a retry, a refused one does not") {
    Town town;
    const auto room = town.startOpen(1);
    const auto peer = town.lastTo<AddPeer>()->peer;
    town.rooms.handle(Town::worker, PeerGone{room, peer, {}});
    CHECK(town.failure(1) == "none");
    town.rooms.handle(BrowserId{1}, Retry{});
    CHECK(town.lastTo<AddPeer>()->seats == Seats{0});
    CHECK(town.count<RemovePeer>() == 0); // that one is gone already

    town.rooms.handle(Town::worker, PeerGone{room, town.lastTo<AddPeer>()->peer, {"no-codec", "x", "y"}});
    CHECK(town.failure(1) == "no-codec");
    town.rooms.handle(BrowserId{1}, Retry{});
    CHECK(town.count<AddPeer>() == 2); // it is in no room any more
}

TEST_CASE("an empty room waits for its players, and closes when none came") {
    Town town;
    const auto room = town.startOpen(1);
    town.rooms.leave(1);
    CHECK(town.count<RemovePeer>() == 1);
    town.later(59s);
    town.join(2, room);
    town.later(100s);
    CHECK(town.count<CloseRoom>() == 0);
    town.rooms.leave(2);
    town.later(60s);
    CHECK(town.count<CloseRoom>() == 1);
    town.later(60s);
    CHECK(town.count<CloseRoom>() == 1);
    town.join(3, room);
    CHECK(town.failure(3) == "unknown-room");
    town.rooms.handle(Town::worker, RoomClosed{room, {}});
    CHECK(town.rooms.all().size() == 0);
}

TEST_CASE("a game that does not start in time is given up") {
    Town town;
    town.start(1);
    town.later(29s);
    CHECK(town.failure(1) == "none");
    town.later(1s);
    CHECK(town.failure(1) == "start-timeout");
    CHECK(town.count<CloseRoom>() == 1);
}

TEST_CASE("the end of a room reaches everyone in it: as an end, or as a trouble") {
    Town town;
    const auto first = town.startOpen(1);
    town.join(2, first);
    town.rooms.handle(Town::worker, RoomClosed{first, {"room-crashed", "x", "y"}});
    CHECK(town.failure(1) == "room-crashed");
    CHECK(town.failure(2) == "room-crashed");
    CHECK_FALSE(town.last<Ended>(1));

    const auto second = town.startOpen(3);
    town.rooms.handle(Town::worker, RoomClosed{second, {}});
    CHECK(town.last<Ended>(3));
    CHECK(town.failure(3) == "none");
    CHECK(town.rooms.all().size() == 0);
    town.rooms.leave(3); // nothing is left to leave
}

TEST_CASE("a lost worker takes its rooms with it when there is no other, and only those") {
    Town town;
    town.startOpen(1);
    Game game;
    town.rooms.start(Town::visitor(2), game, Town::openingOn(8), {});
    town.rooms.workerGone(Town::worker);
    town.later(4s);
    town.later(19s);
    CHECK(town.failure(1) == "none"); // one may come
    town.later(1s);
    CHECK(town.failure(1) == "worker-gone");
    CHECK(town.failure(2) == "none");
    town.later(60s);
    CHECK(town.rooms.all().size() == 1);
    town.startOpen(1);
    CHECK(town.rooms.all().size() == 2);
}

TEST_CASE("a browser is in one room: entering another leaves the first") {
    Town town;
    const auto first = town.startOpen(1);
    const auto second = town.startOpen(1);
    CHECK(town.lastTo<RemovePeer>()->room == first);
    town.later(60s);
    CHECK(town.lastTo<CloseRoom>()->room == first);
    CHECK(town.last<Joined>(1)->room == second);
}

TEST_CASE("players command their game, those who watch and strangers do not") {
    Town town;
    const auto room = town.startOpen(1);
    for (BrowserId browser : {2, 3}) town.join(browser, room);
    town.rooms.handle(BrowserId{3}, Command{"pause"});
    town.rooms.handle(BrowserId{4}, Command{"pause"});
    town.rooms.handle(BrowserId{1}, Command{"format"});
    CHECK(town.count<RoomCommand>() == 0);
    town.rooms.handle(BrowserId{2}, Command{"pause"});
    CHECK(town.lastTo<RoomCommand>()->action == "pause");
    CHECK(town.lastTo<RoomCommand>()->room == room);
}

TEST_CASE("the room that has been empty longest makes way for a new game") {
    Town town;
    const auto played = town.startOpen(1), old = town.startOpen(2), fresh = town.startOpen(3);
    CHECK(town.rooms.emptyOn(Town::worker) == 0);
    town.rooms.makeWayOn(Town::worker);
    CHECK(town.count<CloseRoom>() == 0); // nobody who plays makes way
    town.rooms.leave(2);
    town.later(1s);
    town.rooms.leave(3);
    CHECK(town.rooms.emptyOn(Town::worker) == 2);
    CHECK(town.rooms.emptyOn(Town::worker + 1) == 0);
    town.rooms.makeWayOn(Town::worker);
    CHECK(town.lastTo<CloseRoom>()->room == old);
    CHECK(town.rooms.emptyOn(Town::worker) == 1);
    town.rooms.makeWayOn(Town::worker);
    CHECK(town.lastTo<CloseRoom>()->room == fresh);
    CHECK(town.rooms.emptyOn(Town::worker) == 0);
}
