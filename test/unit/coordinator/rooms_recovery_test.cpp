// Games that go on after their worker, or their process, is gone.
#include "town.hpp"

#include "base/json.hpp"

using namespace cloudretro::test;
namespace base = cloudretro::base;

namespace {

struct Lost : Town {
    static constexpr WorkerId other = 8;
    std::string room = startOpen(1);
    RoomKept kept;

    void loseWorker() {
        kept = {room, lastTo<KeepRecord>()->record, {}, true, {}};
        for (const auto& member : kept.record.members) kept.peers.push_back(member.peer);
        rooms.workerGone(worker);
        workers.clear();
        otherPlace = other;
    }
    void report(BrowserId browser, int fps) {
        Report report;
        report.quality.fps = fps;
        rooms.handle(browser, report);
    }
    const OpenRoom* reopened() const { return last<OpenRoom>(workers, other); }
};

}

TEST_CASE_METHOD(
    Lost, "a game whose machine is lost goes on elsewhere, everybody in their seats, without a click") {
    join(2, room);
    rooms.handle(BrowserId{1}, Command{"pause"});
    const auto before = lastTo<AddPeer>()->peer;
    const auto epochBefore = lastTo<KeepRecord>()->record.epoch;
    autoState = "newest";
    loseWorker();
    later(3400ms);
    CHECK_FALSE(reopened());
    later(100ms);
    REQUIRE(reopened());
    CHECK(reopened()->room == room);
    CHECK(reopened()->state.object == "newest");
    CHECK(reopened()->epoch > epochBefore);
    CHECK(count<AddPeer>() == 2);
    CHECK(last<AddPeer>(workers, other)->peer != before);
    CHECK(last<AddPeer>(workers, other)->seats == Seats{1});
    CHECK(last<RoomCommand>(workers, other)->action == "pause");
    CHECK(last<KeepRecord>(workers, other)->record.epoch == reopened()->epoch);
    CHECK_FALSE(last<Notice>(1));
    rooms.handle(other, RoomOpened{room, 2, {}});
    rooms.handle(other, PeerOffer{room, last<AddPeer>(workers, other)->peer, "sdp"});
    CHECK(last<Notice>(1));
    CHECK(peerOf(2) == last<AddPeer>(workers, other)->peer);
    CHECK(failure(1) == "none");
}

TEST_CASE_METHOD(Lost, "as long as pictures come, the game lives on there, and its worker may come back") {
    join(2, room);
    loseWorker();
    report(1, 60); // of before
    for (int i = 0; i < 30; ++i) {
        later(1s);
        if (i > 0) report(1, 60);
        report(2, 0); // a page that nobody looks at
    }
    CHECK_FALSE(reopened());
    rooms.handle(WorkerId{9}, kept);
    later(60s);
    CHECK(count<OpenRoom>() == 0);
    CHECK(count<AddPeer>() == 0);
    CHECK(failure(1) == "none");
}

TEST_CASE_METHOD(Lost, "a worker that stays away for a minute is given up, pictures or not") {
    loseWorker();
    for (int i = 0; i < 59; ++i) {
        later(1s);
        report(1, 60);
    }
    CHECK_FALSE(reopened());
    later(1s);
    CHECK(reopened());
}

TEST_CASE_METHOD(Lost, "what pages reported of the time before does not count") {
    loseWorker();
    later(1s);
    report(1, 60);
    later(2500ms);
    CHECK(reopened());
}

TEST_CASE_METHOD(Lost, "when nobody sees pictures any more, or somebody asks, nothing is waited for") {
    loseWorker();
    SECTION("nobody sees any") {
        later(1300ms);
        report(1, 0);
        later(250ms);
    }
    SECTION("somebody asks for another connection") { rooms.handle(BrowserId{1}, Retry{}); }
    SECTION("somebody comes") {
        join(2, room);
        later(0ms);
    }
    CHECK(reopened());
}

TEST_CASE_METHOD(Lost, "a page that only lost its own link does not move the game") {
    const auto peer = lastTo<AddPeer>()->peer;
    rooms.handle(BrowserId{1}, Answer{peer, "sdp"});
    loseWorker();
    rooms.away(1);
    rooms.join(again(2, 1), {room, peer});
    later(1s);
    CHECK_FALSE(reopened());
}

TEST_CASE_METHOD(Lost, "without a free worker a room waits for one, and fails with a sentence in the end") {
    loseWorker();
    otherPlace.reset();
    rooms.handle(BrowserId{1}, Retry{});
    later(19s);
    CHECK(failure(1) == "none");
    SECTION("one comes") {
        otherPlace = other;
        later(250ms);
        CHECK(reopened());
        later(1s);
        CHECK(failure(1) == "none");
    }
    SECTION("the lost one comes back") {
        rooms.handle(WorkerId{9}, kept);
        later(10s);
        CHECK(failure(1) == "none");
        CHECK(rooms.all().at(room).worker == 9);
    }
    SECTION("none comes") {
        later(1s);
        CHECK(failure(1) == "worker-gone");
    }
}

TEST_CASE_METHOD(Lost, "the old worker that wakes up late is told to close the room") {
    loseWorker();
    later(4s);
    REQUIRE(reopened());
    rooms.handle(other, RoomOpened{room, 2, {}});
    rooms.handle(WorkerId{9}, kept);
    REQUIRE(last<CloseRoom>(workers, 9));
    CHECK(rooms.all().at(room).worker == other);
    rooms.handle(WorkerId{9}, RoomClosed{room, {}});
    CHECK(rooms.all().contains(room));
    CHECK(failure(1) == "none");
    SECTION("and also when the other one is lost too") {
        rooms.workerGone(other);
        workers.clear();
        rooms.handle(WorkerId{10}, kept);
        CHECK(last<CloseRoom>(workers, 10));
        CHECK(rooms.all().at(room).worker == 0);
    }
}

TEST_CASE_METHOD(
    Lost, "a start of ours forgets neither from where a game was to go on, nor with which core") {
    Game game;
    game.id = "nes/Resumed";
    Start wish;
    wish.game = game.id;
    wish.region = "north";
    wish.resume = true;
    wish.roundTrips.assign(256, {"other", 20});
    wish.roundTrips.push_back({std::string(60'000, 'x'), 1}); // no record may grow too long for a message
    auto opening = openingOn(worker);
    opening.order.core = "fceumm";
    rooms.start(visitor(5), game, std::move(opening), wish);
    room = lastTo<OpenRoom>()->room;
    rooms.handle(worker, RoomOpened{room, 2, {}});
    loseWorker();
    rooms = makeRooms();
    // As it comes over the link.
    rooms.handle(WorkerId{9}, std::get<RoomKept>(*base::decode<FromWorker>(base::encode(kept))));
    rooms.join(again(15, 5), {room, {}});
    CHECK(rooms.all().at(room).facts.wish.region == "north");
    CHECK(rooms.all().at(room).facts.wish.roundTrips.front().worker == "other");
    rooms.workerGone(9);
    autoState.clear(); // nothing was saved here: only what the player left before
    later(60s);
    REQUIRE(reopened());
    CHECK(reopened()->core == "fceumm");
    CHECK(reopened()->state.size == 10); // asked for with `resume`
}

TEST_CASE_METHOD(Lost, "of two workers that have a room after our start, the later one is right") {
    loseWorker();
    auto newer = kept;
    newer.record.epoch += 1;
    rooms = makeRooms();
    SECTION("the earlier one comes first") {
        rooms.handle(WorkerId{9}, kept);
        rooms.handle(WorkerId{10}, newer);
        CHECK(last<CloseRoom>(workers, 9));
    }
    SECTION("the later one comes first") {
        rooms.handle(WorkerId{10}, newer);
        rooms.handle(WorkerId{9}, kept);
        CHECK(last<CloseRoom>(workers, 9));
    }
    CHECK_FALSE(last<CloseRoom>(workers, 10));
    CHECK(rooms.all().at(room).worker == 10);
}

TEST_CASE_METHOD(Lost, "a room that nobody is in moves only when somebody comes while it waits") {
    rooms.away(1);
    loseWorker();
    later(30s);
    CHECK_FALSE(reopened());
    SECTION("somebody comes") {
        rooms.join(again(2, 1), {room, {}});
        later(0ms);
        CHECK(reopened());
    }
    SECTION("nobody comes") {
        later(30s);
        rooms.join(again(2, 1), {room, {}});
        CHECK(failure(2) == "unknown-room");
        CHECK_FALSE(reopened());
    }
}

TEST_CASE_METHOD(
    Lost, "a room that goes on in another process has everybody connected again, and stays paused") {
    join(2, room);
    rooms.away(2);
    rooms.handle(BrowserId{1}, Command{"pause"});
    rooms.handle(BrowserId{1}, SaveGame{"1", ""});
    workers.clear();
    rooms.handle(worker, RoomRestarted{room});
    CHECK(count<AddPeer>() == 1);
    CHECK(lastTo<AddPeer>()->seats == Seats{0});
    CHECK(lastTo<RoomCommand>()->action == "pause");
    CHECK(last<GameSaved>(1)->trouble.code == "not-now");
    rooms.handle(worker, RoomOpened{room, 2, {}});
    rooms.handle(BrowserId{1}, SaveGame{"1", ""});
    CHECK(count<SaveRoom>() == 1);
    rooms.handle(other, RoomRestarted{room}); // not theirs
    CHECK(count<AddPeer>() == 1);
}

// ---- a worker that is to be left ----

TEST_CASE_METHOD(Lost, "a game on a worker that is to be left is saved, moves, and ends there") {
    otherPlace = other;
    rooms.handOver(worker);
    rooms.handOver(worker);
    CHECK(count<SaveRoom>() == 1);
    const int request = lastTo<SaveRoom>()->request;
    CHECK(rooms.saveErrand(room, request)->slot == "auto");
    later(2900ms);
    CHECK_FALSE(reopened());
    SECTION("once it is saved") {
        rooms.stored(room, request, 4);
        later(0ms);
    }
    SECTION("or when that takes too long") { later(100ms); }
    REQUIRE(reopened());
    CHECK(count<AddPeer>() == 2);
    CHECK(lastTo<CloseRoom>());
    rooms.handle(worker, RoomClosed{room, {}});
    CHECK_FALSE(last<Ended>(1));
    CHECK_FALSE(last<GameSaved>(1));
    rooms.handOver(worker);
    CHECK(count<SaveRoom>() == 1);
    rooms.handle(other, RoomOpened{room, 2, {}});
    CHECK(last<Notice>(1)->text == "The game has moved to another machine.");
}

TEST_CASE_METHOD(
    Lost, "without another worker a game goes on where it is, and so does one that nobody plays") {
    SECTION("no other worker") {}
    SECTION("nobody plays") {
        otherPlace = other;
        rooms.away(1);
    }
    rooms.handOver(worker);
    later(5s);
    CHECK(count<SaveRoom>() == 0);
    CHECK(count<CloseRoom>() == 0);
    CHECK(rooms.all().at(room).worker == worker);
}

TEST_CASE_METHOD(Lost, "a place that is taken meanwhile leaves the game where it is") {
    otherPlace = other;
    rooms.handOver(worker);
    otherPlace.reset();
    later(3s);
    CHECK(count<CloseRoom>() == 0);
    CHECK(rooms.all().at(room).worker == worker);
}
