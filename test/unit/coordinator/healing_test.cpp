// Links that break: between browsers and us, between workers and us, and our own end and start.
#include "town.hpp"

using namespace cloudretro::test;

namespace {

// What the worker says of its room when it registers again.
RoomKept keptOf(const Town& town, const std::string& room) {
    RoomKept kept{room, town.lastTo<KeepRecord>()->record, {}, true, {256, 240, 1.3, 60}};
    for (const auto& member : kept.record.members) kept.peers.push_back(member.peer);
    return kept;
}

}

TEST_CASE("a page that is loaded again is back in its seat, on a new connection") {
    Town town;
    const auto room = town.startOpen(1);
    town.join(2, room);
    const auto before = town.lastTo<AddPeer>()->peer;
    town.rooms.away(2);
    CHECK(town.person(1, 2)->away);
    town.join(3, room); // a newcomer does not get that seat
    CHECK(town.seatsOf(3).empty());
    town.rooms.join(Town::again(4, 2), {room, {}});
    CHECK(town.seatsOf(4) == Seats{1});
    CHECK(town.personOf(4) == town.personOf(2));
    CHECK(town.lastTo<RemovePeer>()->peer == before);
    CHECK(town.lastTo<AddPeer>()->peer != before);
}

TEST_CASE("a page that only lost its link to us keeps its connection to the game") {
    Town town;
    const auto room = town.startOpen(1);
    const auto peer = town.lastTo<AddPeer>()->peer;
    town.rooms.handle(BrowserId{1}, Answer{peer, "sdp"});
    town.rooms.away(1);
    town.later(70s); // somebody plays: the room is not empty
    town.rooms.join(Town::again(2, 1), {room, peer});
    CHECK(town.count<AddPeer>() == 1);
    CHECK(town.count<RemovePeer>() == 0);
    CHECK(town.count<CloseRoom>() == 0);
    CHECK(town.seatsOf(2) == Seats{0});
}

TEST_CASE("who opens the same game in a second tab plays there, and the first is told") {
    Town town;
    const auto room = town.startOpen(1);
    town.rooms.join(Town::again(2, 1), {room, {}}); // the same page: its old link hangs
    CHECK(town.failure(1) == "elsewhere");
    CHECK(town.seatsOf(2) == Seats{0});
    CHECK(town.last<RoomChanged>(2)->people.size() == 1);
    town.rooms.away(1); // and when that ends at last, nothing happens
    CHECK_FALSE(town.person(2, 2)->away);
}

TEST_CASE("another tab of the same player is another person") {
    Town town;
    const auto room = town.startOpen(1);
    auto second = Town::again(2, 1);
    second.tab = "another";
    town.rooms.join(second, {room, {}});
    CHECK(town.seatsOf(2) == Seats{1});
    CHECK(town.failure(1) == "none");
}

TEST_CASE("the seat of who stays away goes to the next one who comes") {
    Town town;
    const auto room = town.startOpen(1);
    town.join(2, room);
    town.rooms.away(2);
    town.later(16s);
    town.join(3, room);
    CHECK(town.seatsOf(3) == Seats{1});
    town.rooms.join(Town::again(4, 2), {room, {}});
    CHECK(town.seatsOf(4) == Seats{-1}); // back, and watching
}

TEST_CASE("a page that is gone before it answered leaves no connection behind") {
    Town town;
    town.startOpen(1);
    const auto peer = town.lastTo<AddPeer>()->peer;
    town.rooms.away(1);
    CHECK(town.lastTo<RemovePeer>()->peer == peer);
    town.later(60s);
    CHECK(town.count<CloseRoom>() == 1);
}

TEST_CASE("a room that everybody left by closing the page waits, then closes") {
    Town town;
    const auto room = town.startOpen(1);
    const auto peer = town.lastTo<AddPeer>()->peer;
    town.rooms.handle(BrowserId{1}, Answer{peer, "sdp"});
    town.rooms.away(1);
    town.rooms.handle(Town::worker, PeerGone{room, peer, {}});
    town.later(59s);
    CHECK(town.count<CloseRoom>() == 0);
    town.later(1s);
    CHECK(town.count<CloseRoom>() == 1);
}

TEST_CASE("a worker that is back with its rooms goes on as if nothing had happened") {
    Town town;
    const auto room = town.startOpen(1);
    const auto kept = keptOf(town, room);
    town.rooms.workerGone(Town::worker);
    town.later(4s);
    town.workers.clear();
    town.rooms.handle(WorkerId{9}, kept);
    town.later(60s);
    CHECK(town.failure(1) == "none");
    CHECK(town.count<AddPeer>() == 0);
    CHECK(town.rooms.all().at(room).worker == 9);
}

TEST_CASE("what happened while the worker was out of reach is made up for") {
    Town town;
    const auto room = town.startOpen(1);
    town.join(2, room);
    auto kept = keptOf(town, room);
    const auto second = town.lastTo<AddPeer>()->peer;
    town.rooms.workerGone(Town::worker);
    town.rooms.leave(2);                                 // the room does not know
    std::erase(kept.peers, kept.record.members[0].peer); // and it lost the first one's connection
    town.workers.clear();
    town.rooms.handle(Town::worker, kept);
    CHECK(town.lastTo<RemovePeer>()->peer == second);
    REQUIRE(town.lastTo<AddPeer>());
    CHECK(town.lastTo<AddPeer>()->seats == Seats{0});
}

TEST_CASE("a coordinator that starts anew knows the rooms again from their workers") {
    Town town;
    const auto room = town.startOpen(1);
    town.join(2, room);
    town.rooms.handle(BrowserId{1}, SetRoom{true, true, false});
    town.rooms.handle(BrowserId{2}, Command{"pause"});
    const auto kept = keptOf(town, room);
    town.rooms = town.makeRooms();
    town.workers.clear();

    // The first is back before the worker, the second after it.
    town.rooms.join(Town::again(11, 1), {room, kept.record.members[0].peer});
    CHECK(town.failure(11) == "none");
    CHECK_FALSE(town.last<Joined>(11));
    town.rooms.handle(Town::worker, kept);
    town.rooms.join(Town::again(12, 2), {room, kept.record.members[1].peer});

    CHECK(town.count<AddPeer>() == 0);
    CHECK(town.count<RemovePeer>() == 0);
    CHECK(town.seatsOf(11) == Seats{0});
    CHECK(town.seatsOf(12) == Seats{1});
    CHECK(town.isHost(11));
    CHECK(town.last<RoomChanged>(12)->locked);
    CHECK(town.last<RoomChanged>(12)->listed);
    CHECK(town.last<RoomChanged>(12)->paused);
    CHECK(town.last<PictureChanged>(11)->picture.width == 256);
}

TEST_CASE("who asks for a room that no worker brings back is told so in the end") {
    Town town;
    town.join(1, "lost");
    town.later(9s);
    CHECK(town.failure(1) == "none");
    town.later(1s);
    CHECK(town.failure(1) == "unknown-room");
}

TEST_CASE("a room that closed meanwhile is closed on its worker too") {
    Town town;
    const auto room = town.startOpen(1);
    const auto kept = keptOf(town, room);
    town.rooms.workerGone(Town::worker);
    town.rooms.end(room, "over");
    town.workers.clear();
    town.rooms.handle(WorkerId{9}, kept);
    CHECK(Town::last<CloseRoom>(town.workers, 9));
    CHECK_FALSE(town.last<Joined>(9));
}

TEST_CASE("while its file is on the way, a game may take longer to start") {
    Town town;
    const auto room = town.start(1);
    for (int i = 0; i < 5; ++i) {
        town.later(20s);
        town.rooms.handle(Town::worker, FilesComing{room, 10.0 * i, 100});
    }
    CHECK(town.failure(1) == "none");
    CHECK(town.last<Progress>(1)->done == 40);
    town.later(30s);
    CHECK(town.failure(1) == "start-timeout");
}
