// Saving and loading in a room.
#include "town.hpp"

using namespace cloudretro::test;

namespace {

const Trouble broken{"disk-full", "The disk is full.", "Make room."};

struct Saving : Town {
    std::string room = startOpen(1);

    std::string saved(BrowserId browser) const {
        const auto* answer = last<GameSaved>(browser);
        return answer ? answer->trouble.code : "nothing";
    }
    std::string loaded(BrowserId browser) const {
        const auto* answer = last<GameLoaded>(browser);
        return answer ? answer->trouble.code : "nothing";
    }
    int save(BrowserId browser, const std::string& slot = "2") {
        rooms.handle(browser, SaveGame{slot, "before the boss"});
        return lastTo<SaveRoom>() ? lastTo<SaveRoom>()->request : 0;
    }
    int notices(BrowserId browser) const {
        return int(std::ranges::count_if(browsers, [&](const auto& said) {
            return said.first == browser && std::holds_alternative<Notice>(said.second);
        }));
    }
};

}

TEST_CASE_METHOD(Saving, "a game is saved once it is stored, and all hear it") {
    join(2, room);
    const int request = save(1);
    REQUIRE(rooms.saveErrand(room, request));
    CHECK(rooms.saveErrand(room, request)->slot == "2");
    CHECK(rooms.saveErrand(room, request)->name == "before the boss");
    CHECK(saved(1) == "nothing");
    rooms.stored(room, request, 7);
    for (const BrowserId browser : {1, 2}) {
        REQUIRE(saved(browser).empty());
        CHECK(last<GameSaved>(browser)->slot == "2");
        CHECK(last<GameSaved>(browser)->sequence == 7);
        CHECK(last<GameSaved>(browser)->person == personOf(1));
    }
    CHECK_FALSE(rooms.saveErrand(room, request)); // once
}

TEST_CASE_METHOD(Saving, "only the host saves, loads and rewinds, unless they let all who play") {
    states["player1 1 0"] = "object";
    join(2, room);
    join(3, room); // watches
    for (const BrowserId guest : {2, 3}) {
        rooms.handle(guest, SaveGame{"1", ""});
        rooms.handle(guest, LoadGame{"1", 0});
        CHECK(saved(guest) == "may-not-save");
        CHECK(loaded(guest) == "may-not-save");
        rooms.handle(guest, Rewind{true});
    }
    CHECK(saved(1) == "nothing"); // nobody else hears of it
    CHECK(count<SaveRoom>() + count<LoadRoom>() + count<RewindRoom>() == 0);
    rooms.handle(BrowserId{1}, SetRoom{false, false, true});
    for (const BrowserId guest : {2, 3}) {
        rooms.handle(guest, SaveGame{"1", ""});
        rooms.handle(guest, LoadGame{"1", 0});
    }
    CHECK(count<SaveRoom>() == 1);
    CHECK(count<LoadRoom>() == 1);
}

TEST_CASE_METHOD(Saving, "who saves hears why it failed: the room, the store, or no answer at all") {
    rooms.handle(worker, RoomNotSaved{room, save(1), {"cannot-save", "No.", "Never."}});
    CHECK(saved(1) == "cannot-save");
    rooms.notStored(room, save(1), {"save-too-large", "Too large.", "Smaller."}, true);
    CHECK(saved(1) == "save-too-large");
    browsers.clear();
    const int request = save(1);
    rooms.notStored(room, request, broken, false); // its worker tries again
    later(9s);
    CHECK(saved(1) == "nothing");
    later(1s);
    CHECK(saved(1) == "disk-full");
    save(1);
    later(10s);
    CHECK(saved(1) == "save-timeout");
    save(1);
    rooms.workerGone(worker);
    CHECK(saved(1) == "worker-gone");
    save(1);
    CHECK(saved(1) == "not-now");
}

TEST_CASE_METHOD(Saving, "a worker that is told of a trouble for now may still succeed") {
    const int request = save(1);
    rooms.notStored(room, request, broken, false);
    rooms.stored(room, request, 3);
    CHECK(saved(1).empty());
}

TEST_CASE_METHOD(Saving, "nobody can make a room save without end") {
    for (int i = 0; i < 10; ++i) save(1);
    CHECK(count<SaveRoom>() == 4);
    CHECK(saved(1) == "not-now");
}

TEST_CASE_METHOD(Saving, "a save of the room's owner is loaded, whoever asks") {
    states["player1 auto 5"] = "object";
    join(2, room);
    rooms.handle(BrowserId{1}, SetRoom{false, false, true});
    rooms.handle(BrowserId{2}, LoadGame{"auto", 5});
    REQUIRE(lastTo<LoadRoom>());
    CHECK(lastTo<LoadRoom>()->state.object == "object");
    CHECK(loaded(2) == "nothing");
    rooms.handle(worker, RoomLoaded{room, lastTo<LoadRoom>()->request, {}});
    CHECK(loaded(1).empty());
    CHECK(last<GameLoaded>(1)->slot == "auto");
    CHECK(last<GameLoaded>(1)->person == personOf(2));
    rooms.handle(BrowserId{2}, UndoLoad{});
    CHECK(lastTo<LoadRoom>()->state.object.empty());
    rooms.handle(
        worker, RoomLoaded{room, lastTo<LoadRoom>()->request, {"no-undo", "Nothing.", "Load first."}});
    CHECK(loaded(1) == "no-undo");
    CHECK(last<GameLoaded>(1)->slot.empty());
}

TEST_CASE_METHOD(
    Saving, "a save that is not there is told to who asked for it, and one that takes too long") {
    rooms.handle(BrowserId{1}, LoadGame{"3", 0});
    CHECK(loaded(1) == "no-save");
    CHECK(count<LoadRoom>() == 0);
    states["player1 3 0"] = "object";
    rooms.handle(BrowserId{1}, LoadGame{"3", 0});
    browsers.clear();
    later(19s);
    CHECK(loaded(1) == "nothing");
    later(1s);
    CHECK(loaded(1) == "load-timeout");
}

TEST_CASE_METHOD(Saving, "rewinding ends when its key is let go, or whoever holds it is gone") {
    join(2, room);
    rooms.handle(BrowserId{1}, SetRoom{false, false, true});
    rooms.handle(BrowserId{2}, Rewind{true});
    CHECK(lastTo<RewindRoom>()->on);
    rooms.handle(BrowserId{1}, Rewind{false}); // not theirs
    CHECK(count<RewindRoom>() == 1);
    rooms.away(2);
    CHECK(count<RewindRoom>() == 2);
    CHECK_FALSE(lastTo<RewindRoom>()->on);
    rooms.handle(BrowserId{1}, Rewind{true});
    rooms.handle(BrowserId{1}, Rewind{false});
    CHECK(count<RewindRoom>() == 4);
    CHECK_FALSE(lastTo<RewindRoom>()->on);
}

TEST_CASE_METHOD(Saving, "players hear once that nothing is saved, and once that it is again") {
    for (int i = 0; i < 3; ++i) rooms.notStored(room, 0, broken, false);
    CHECK(notices(1) == 1);
    CHECK(last<Notice>(1)->text == "Your game is not being saved: The disk is full.");
    for (int i = 0; i < 3; ++i) rooms.stored(room, 0, i);
    CHECK(notices(1) == 2);
    CHECK(last<Notice>(1)->text == "Your game is being saved again.");
    rooms.notStored(room, 0, {"stale", "Late.", "Newer."}, true);
    CHECK(notices(1) == 2);
}

TEST_CASE_METHOD(Saving, "players hear that a game does not go on from its save, and why") {
    const Trouble refused{"state-refused", "Nestopia does not take this state.", "Load another."};
    const auto sentence =
        "The game does not go on from its save. Nestopia does not take this state. Load another.";
    SECTION("who starts it, once the game runs") {
        const auto other = start(2);
        rooms.handle(worker, RoomLoaded{other, 0, refused});
        CHECK(notices(2) == 0);
        rooms.handle(worker, RoomOpened{other, 2, {}});
        REQUIRE(notices(2) == 1);
        CHECK(last<Notice>(2)->text == sentence);
    }
    SECTION("who plays, when it goes on in another process") {
        rooms.handle(worker, PeerOffer{room, lastTo<AddPeer>()->peer, "sdp"});
        rooms.handle(worker, RoomRestarted{room});
        rooms.handle(worker, RoomLoaded{room, 0, refused});
        rooms.handle(worker, RoomOpened{room, 2, {}});
        REQUIRE(notices(1) == 1);
        CHECK(last<Notice>(1)->text == sentence);
    }
    CHECK(notices(1) + notices(2) == 1);
}
