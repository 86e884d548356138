#pragma once
// The world around the rooms: hears all that is said, and tells the time.
#include "coordinator/rooms.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cloudretro::test {

using namespace coordinator;
using namespace protocol;
using namespace std::chrono_literals;

using Seats = std::vector<int>;

struct Town {
    std::vector<std::pair<BrowserId, ToBrowser>> browsers;
    std::vector<std::pair<WorkerId, ToWorker>> workers;
    Time now{1h};
    int ids = 0;
    Rooms rooms = makeRooms();

    static constexpr WorkerId worker = 7;

    // As after a restart of the coordinator.
    Rooms makeRooms() {
        return Rooms{
            World{[this](BrowserId id, const ToBrowser& m) { browsers.emplace_back(id, m); },
                [this](WorkerId id, const ToWorker& m) { workers.emplace_back(id, m); },
                [this] { return "room" + std::to_string(++ids); },
                [this] { return "id" + std::to_string(++ids); }, [this] { return now; },
                [] { return std::vector<IceServer>{}; }, [this](const Room& room) { return findPlace(room); },
                [this](RoomRecord& record, bool resume, OpenRoom& order) {
                    record.epoch = order.epoch = ++epoch;
                    if (resume || !autoState.empty()) order.state = {autoState, 10, {}};
                },
                [this](const RoomRecord& record, const std::string& slot, int sequence) {
                    const auto key = record.owner + " " + slot + " " + std::to_string(sequence);
                    return states.contains(key) ? std::optional(SavedBytes{states[key], 10, {}})
                                                : std::nullopt;
                }},
            RoomSettings{60s, 30s, 15s, 60s, 10s}};
    }

    std::map<std::string, std::string> states; // "player1 2 0": what there is to load
    std::string autoState;
    double epoch = 0;
    std::optional<WorkerId> otherPlace; // where rooms can move to
    static Opening openingOn(WorkerId where) {
        Opening opening;
        opening.place.worker = where;
        opening.place.why = "it was near";
        opening.order.core = "nestopia";
        return opening;
    }
    std::optional<Opening> findPlace(const Room& room) const {
        if (!otherPlace) return std::nullopt;
        auto opening = openingOn(*otherPlace);
        opening.order.core = room.facts.core;
        return opening;
    }

    // Each browser is a player of its own, at a page of its own.
    static Visitor visitor(BrowserId id) {
        const auto number = std::to_string(id);
        return {id, "player" + number, "tab" + number, "Name " + number, {"VP8"}};
    }
    // The same player at the same page, on a new connection.
    static Visitor again(BrowserId id, BrowserId before) {
        auto visitor = Town::visitor(before);
        visitor.browser = id;
        return visitor;
    }

    // A browser starts a game for two; gives the room.
    std::string start(BrowserId browser, int seats = 2) {
        Game game;
        game.id = "nes/Game";
        game.seats = seats;
        rooms.start(visitor(browser), game, openingOn(worker), {});
        return lastTo<OpenRoom>()->room;
    }
    std::string startOpen(BrowserId browser, int seats = 2) {
        const auto room = start(browser, seats);
        rooms.handle(worker, RoomOpened{room, 2, {256, 240, 1.3, 60}});
        return room;
    }
    void join(BrowserId browser, const std::string& room) { rooms.join(visitor(browser), {room, {}}); }
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

    // What a browser knows of the people in its room.
    std::string personOf(BrowserId browser) const {
        const auto* joined = last<Joined>(browser);
        return joined ? joined->person : "nobody";
    }
    const Person* person(BrowserId seenBy, BrowserId who) const {
        const auto* room = last<RoomChanged>(seenBy);
        if (!room) return nullptr;
        for (const auto& each : room->people)
            if (each.id == personOf(who)) return &each;
        return nullptr;
    }
    Seats seatsOf(BrowserId browser) const {
        const auto* found = person(browser, browser);
        return found ? found->seats : Seats{-9};
    }
    bool isHost(BrowserId browser) const {
        const auto* room = last<RoomChanged>(browser);
        return room && room->host == personOf(browser);
    }
};

}
