#include "town.hpp"

using namespace cloudretro::test;

namespace {

// A host, a guest and a watcher in a game for two.
struct Three : Town {
    const std::string room = startOpen(1);
    std::map<BrowserId, std::string> peers;
    Three() {
        join(2, room);
        join(3, room);
        workers.clear();
        for (const auto& member : rooms.all().at(room).members) peers[member.browser] = member.who.peer;
    }
    // What the room's process was told last of a browser's seats.
    Seats told(BrowserId browser) const {
        const auto* order = lastTo<SeatPeer>();
        for (auto it = workers.rbegin(); it != workers.rend(); ++it)
            if (const auto* seat = std::get_if<SeatPeer>(&it->second);
                seat && seat->peer == peers.at(browser))
                return seat->seats;
        return order ? Seats{-8} : Seats{-9};
    }
};

}

TEST_CASE("who watches takes a seat that gets free, and the game is told at once") {
    Three town;
    town.rooms.handle(BrowserId{3}, TakeSeat{1, 0});
    CHECK(town.seatsOf(3).empty()); // it is taken
    town.rooms.handle(BrowserId{2}, LeaveSeat{1});
    CHECK(town.told(2) == Seats{-1});
    town.rooms.handle(BrowserId{3}, TakeSeat{-1, 0});
    CHECK(town.seatsOf(3) == Seats{1});
    CHECK(town.told(3) == Seats{1});
    CHECK(town.person(1, 3)->seats == Seats{1}); // everybody sees it
}

TEST_CASE("a second pad at one browser holds a seat of its own") {
    Town town;
    const auto room = town.startOpen(1, 4);
    town.rooms.handle(BrowserId{1}, TakeSeat{-1, 2});
    CHECK(town.seatsOf(1) == Seats{0, -1, 1});
    CHECK(town.lastTo<SeatPeer>()->seats == Seats{0, -1, 1});
    town.rooms.handle(BrowserId{1}, TakeSeat{3, 2}); // the pad moves on
    CHECK(town.seatsOf(1) == Seats{0, -1, 3});
    for (const int pad : {-1, 8, 1000}) town.rooms.handle(BrowserId{1}, TakeSeat{-1, pad});
    for (const int seat : {4, 1000}) town.rooms.handle(BrowserId{1}, TakeSeat{seat, 0});
    CHECK(town.seatsOf(1) == Seats{0, -1, 3});
}

TEST_CASE("a seat is handed over; who has one gives theirs in return") {
    Three town;
    town.rooms.handle(BrowserId{2}, GiveSeat{1, town.personOf(3)});
    CHECK(town.seatsOf(2) == Seats{-1});
    CHECK(town.seatsOf(3) == Seats{1});
    town.rooms.handle(BrowserId{1}, GiveSeat{0, town.personOf(3)});
    CHECK(town.seatsOf(1) == Seats{1});
    CHECK(town.seatsOf(3) == Seats{0});
    CHECK(town.told(1) == Seats{1});
    CHECK(town.told(3) == Seats{0});
}

TEST_CASE("the host swaps seats, others only their own") {
    Three town;
    town.rooms.handle(BrowserId{2}, SwapSeats{0, 1});
    town.rooms.handle(BrowserId{3}, SwapSeats{0, 1});
    CHECK(town.seatsOf(2) == Seats{1});
    town.rooms.handle(BrowserId{1}, SwapSeats{0, 1});
    CHECK(town.seatsOf(1) == Seats{1});
    CHECK(town.seatsOf(2) == Seats{0});
    for (const auto& [one, other] : {std::pair{0, 0}, {0, 2}, {-1, 0}})
        town.rooms.handle(BrowserId{1}, SwapSeats{one, other});
    CHECK(town.seatsOf(1) == Seats{1});
}

TEST_CASE("nobody but the host moves others out of their seats") {
    Three town;
    town.rooms.handle(BrowserId{3}, LeaveSeat{0});
    town.rooms.handle(BrowserId{3}, GiveSeat{0, town.personOf(3)});
    town.rooms.handle(BrowserId{2}, GiveSeat{0, town.personOf(2)});
    CHECK(town.seatsOf(1) == Seats{0});
    town.rooms.handle(BrowserId{1}, LeaveSeat{1});
    CHECK(town.seatsOf(2) == Seats{-1});
    town.rooms.handle(BrowserId{1}, GiveSeat{1, town.personOf(3)}); // a free one
    CHECK(town.seatsOf(3) == Seats{1});
    town.rooms.handle(BrowserId{1}, GiveSeat{1, "nobody"});
    CHECK(town.seatsOf(3) == Seats{1});
}

TEST_CASE("the host locks the room: newcomers are told, who was in comes back") {
    Three town;
    town.rooms.handle(BrowserId{2}, SetRoom{true, true, false});
    CHECK_FALSE(town.last<RoomChanged>(1)->locked); // not the host
    town.rooms.handle(BrowserId{1}, SetRoom{true, false, false});
    CHECK(town.last<RoomChanged>(2)->locked);
    town.join(4, town.room);
    CHECK(town.failure(4) == "locked");
    town.rooms.away(2);
    town.rooms.join(Town::again(5, 2), {town.room, {}});
    CHECK(town.failure(5) == "none");
    town.rooms.handle(BrowserId{1}, SetRoom{false, false, false});
    town.join(4, town.room);
    CHECK(town.last<Joined>(4));
}

TEST_CASE("the host removes somebody, who does not get in again") {
    Three town;
    town.rooms.handle(BrowserId{2}, RemovePerson{town.personOf(1)});
    town.rooms.handle(BrowserId{1}, RemovePerson{town.personOf(1)});
    CHECK(town.failure(1) == "none"); // nobody removes the host, not even they
    town.rooms.handle(BrowserId{1}, RemovePerson{town.personOf(2)});
    CHECK(town.failure(2) == "removed");
    CHECK(town.lastTo<RemovePeer>()->peer == town.peers.at(2));
    CHECK(town.last<RoomChanged>(1)->people.size() == 2);
    town.rooms.join(Town::again(5, 2), {town.room, {}});
    CHECK(town.failure(5) == "removed");
}

TEST_CASE("the host ends the game for all") {
    Three town;
    town.rooms.handle(BrowserId{2}, EndRoom{});
    CHECK(town.count<CloseRoom>() == 0);
    town.rooms.handle(BrowserId{1}, EndRoom{});
    CHECK(town.count<CloseRoom>() == 1);
    for (const BrowserId browser : {1, 2, 3}) CHECK(town.last<Ended>(browser));
}

TEST_CASE("when the host leaves, who has been here longest is the next one") {
    Three town;
    town.rooms.leave(1);
    CHECK(town.isHost(2));
    CHECK_FALSE(town.isHost(3));
}

TEST_CASE("a host who is away stays the host for a while") {
    Three town;
    town.rooms.away(1);
    town.later(14s);
    CHECK_FALSE(town.isHost(2));
    town.later(2s);
    CHECK(town.isHost(2));
}

TEST_CASE("everybody sees who is paused, and how well each is connected") {
    Three town;
    town.rooms.handle(BrowserId{2}, Command{"pause"});
    CHECK(town.last<RoomChanged>(3)->paused);
    town.rooms.handle(BrowserId{2}, Report{{23, 5, 1800, 60}});
    town.later(250ms);
    CHECK(town.person(1, 2)->quality.roundTrip == 23);
    const auto said = town.browsers.size();
    town.later(250ms);
    CHECK(town.browsers.size() == said); // no news
}

TEST_CASE("a new name is seen by all") {
    Three town;
    town.rooms.handle(BrowserId{2}, Rename{"Ann"});
    CHECK(town.person(1, 2)->name == "Ann");
}
