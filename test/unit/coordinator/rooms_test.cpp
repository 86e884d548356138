#include "coordinator/rooms.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::coordinator;
using namespace cloudretro::protocol;
using namespace std::chrono_literals;

namespace {

// The world around the rooms: hears all that is said, and tells the time.
struct Town {
    std::vector<std::pair<BrowserId, ToBrowser>> browsers;
    std::vector<std::pair<WorkerId, ToWorker>> workers;
    Time now{1h};
    int ids = 0;
    Rooms rooms{World{[this](BrowserId id, const ToBrowser& m) { browsers.emplace_back(id, m); },
                    [this](WorkerId id, const ToWorker& m) { workers.emplace_back(id, m); },
                    [this] { return "room" + std::to_string(++ids); },
                    [this] { return "peer" + std::to_string(++ids); }, [this] { return now; }},
        RoomSettings{10s, 30s, {}}};

    static constexpr WorkerId worker = 7;

    // A browser starts a game for two; gives the room.
    std::string start(BrowserId browser) {
        Game game;
        game.id = "nes/Game";
        game.seats = 2;
        OpenRoom order;
        order.core = "nestopia";
        rooms.start(browser, {"VP8"}, game, order, worker);
        return lastTo<OpenRoom>()->room;
    }
    std::string startOpen(BrowserId browser) {
        const auto room = start(browser);
        rooms.handle(worker, RoomOpened{room, 2, {256, 240, 1.3, 60}});
        return room;
    }
    void later(std::chrono::milliseconds time) {
        now += time;
        rooms.tick();
    }

    // The newest message of a type; null: there was none.
    template <class M> const M* lastTo() const { return last<M>(workers, worker); }
    template <class M> const M* last(BrowserId browser) const { return last<M>(browsers, browser); }
    template <class M> static const M* last(const auto& said, std::uint64_t to) {
        for (auto it = said.rbegin(); it != said.rend(); ++it)
            if (it->first == to && std::holds_alternative<M>(it->second)) return &std::get<M>(it->second);
        return nullptr;
    }
    template <class M> int count() const {
        return int(std::count_if(workers.begin(), workers.end(),
            [](const auto& said) { return std::holds_alternative<M>(said.second); }));
    }
    std::string failure(BrowserId browser) const {
        const auto* failed = last<Failed>(browser);
        return failed ? failed->trouble.code : "none";
    }
    std::string peerOf(BrowserId browser) const { return last<Offer>(browser)->peer; }
    void offer(const std::string& room) {
        rooms.handle(worker, PeerOffer{room, lastTo<AddPeer>()->peer, "sdp"});
    }
};

}

TEST_CASE("who starts a game gets the first seat, and the offer as soon as the room makes it") {
    Town town;
    const auto room = town.start(1);
    CHECK(town.lastTo<OpenRoom>()->core == "nestopia");
    REQUIRE(town.lastTo<AddPeer>()); // the room prepares the offer while the game loads
    CHECK(town.lastTo<AddPeer>()->seat == 0);
    CHECK(town.lastTo<AddPeer>()->codecs == std::vector<std::string>{"VP8"});
    CHECK(town.browsers.empty());

    town.offer(room);
    REQUIRE(town.browsers.size() == 2);
    CHECK(std::get<Joined>(town.browsers[0].second).room == room);
    CHECK(std::get<Joined>(town.browsers[0].second).seat == 0);
    CHECK(std::get<Offer>(town.browsers[1].second).sdp == "sdp");

    town.rooms.handle(Town::worker, RoomOpened{room, 2, {256, 240, 1.3, 60}});
    REQUIRE(town.last<PictureChanged>(1));
    CHECK(town.last<PictureChanged>(1)->picture.width == 256);
}

TEST_CASE("when the game runs before the offer is made, the player is told once") {
    Town town;
    const auto room = town.startOpen(1);
    town.offer(room);
    REQUIRE(town.browsers.size() == 3);
    CHECK(std::holds_alternative<Joined>(town.browsers[0].second));
    CHECK(std::holds_alternative<PictureChanged>(town.browsers[1].second));
    CHECK(std::holds_alternative<Offer>(town.browsers[2].second));
}

TEST_CASE("joiners get the lowest free seat, or watch") {
    Town town;
    const auto room = town.startOpen(1);
    for (BrowserId browser : {2, 3}) town.rooms.join(browser, {}, room);
    CHECK(town.last<Joined>(2)->seat == 1);
    CHECK(town.last<Joined>(3)->seat == -1);
    CHECK(town.last<Joined>(3)->game.id == "nes/Game");
    town.rooms.leave(1);
    town.rooms.join(4, {}, room);
    CHECK(town.last<Joined>(4)->seat == 0);
}

TEST_CASE("a room that is not there cannot be joined") {
    Town town;
    town.rooms.join(1, {}, "none");
    CHECK(town.failure(1) == "unknown-room");
}

TEST_CASE("answers and candidates reach the room only from the browser whose peer it is") {
    Town town;
    const auto room = town.startOpen(1);
    town.offer(room);
    town.rooms.join(2, {}, room);
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
    CHECK(town.rooms.count() == 1);
}

TEST_CASE("a retry makes a new peer in the same seat; what concerns the old one is stale") {
    Town town;
    const auto room = town.startOpen(1);
    town.rooms.join(2, {}, room);
    town.offer(room);
    const auto old = town.peerOf(2);
    town.rooms.handle(BrowserId{2}, Retry{});
    CHECK(town.lastTo<RemovePeer>()->peer == old);
    CHECK(town.lastTo<AddPeer>()->seat == 1);
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
    CHECK(town.lastTo<AddPeer>()->seat == 0);
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
    town.later(9s);
    town.rooms.join(2, {}, room);
    town.later(60s);
    CHECK(town.count<CloseRoom>() == 0);
    town.rooms.leave(2);
    town.later(10s);
    CHECK(town.count<CloseRoom>() == 1);
    town.later(10s);
    CHECK(town.count<CloseRoom>() == 1);
    town.rooms.join(3, {}, room);
    CHECK(town.failure(3) == "unknown-room");
    town.rooms.handle(Town::worker, RoomClosed{room, {}});
    CHECK(town.rooms.count() == 0);
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
    town.rooms.join(2, {}, first);
    town.rooms.handle(Town::worker, RoomClosed{first, {"room-crashed", "x", "y"}});
    CHECK(town.failure(1) == "room-crashed");
    CHECK(town.failure(2) == "room-crashed");
    CHECK_FALSE(town.last<Ended>(1));

    const auto second = town.startOpen(3);
    town.rooms.handle(Town::worker, RoomClosed{second, {}});
    CHECK(town.last<Ended>(3));
    CHECK(town.failure(3) == "none");
    CHECK(town.rooms.count() == 0);
    town.rooms.leave(3); // nothing is left to leave
}

TEST_CASE("a lost worker takes its rooms with it, and only those") {
    Town town;
    town.startOpen(1);
    Game game;
    town.rooms.start(2, {}, game, {}, WorkerId{8});
    town.rooms.workerGone(Town::worker);
    CHECK(town.failure(1) == "worker-gone");
    CHECK(town.failure(2) == "none");
    CHECK(town.rooms.count() == 1);
    town.startOpen(1);
    CHECK(town.rooms.count() == 2);
}

TEST_CASE("a browser is in one room: entering another leaves the first") {
    Town town;
    const auto first = town.startOpen(1);
    const auto second = town.startOpen(1);
    CHECK(town.lastTo<RemovePeer>()->room == first);
    town.later(10s);
    CHECK(town.lastTo<CloseRoom>()->room == first);
    CHECK(town.last<Joined>(1)->room == second);
}

TEST_CASE("players command their game, those who watch and strangers do not") {
    Town town;
    const auto room = town.startOpen(1);
    for (BrowserId browser : {2, 3}) town.rooms.join(browser, {}, room);
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
