#pragma once
// All rooms with everyone in them: who sits where, and which message goes to whom. Pure: no sockets, no
// clock, no randomness of its own, so that a test can be the world.
#include "cloudretro/protocol.hpp"
#include "coordinator/matchmaking.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cloudretro::coordinator {

using BrowserId = std::uint64_t;
using Time = std::chrono::steady_clock::time_point;

// Where the rooms live. Sending to someone who is gone does nothing.
struct World {
    std::function<void(BrowserId, const protocol::ToBrowser&)> toBrowser;
    std::function<void(WorkerId, const protocol::ToWorker&)> toWorker;
    std::function<std::string()> newRoomId, newPeerId;
    std::function<Time()> now;
};

struct RoomSettings {
    std::chrono::milliseconds grace{10'000};      // an empty room waits this long for its players
    std::chrono::milliseconds startLimit{30'000}; // a game that did not run by then never will
    std::vector<protocol::IceServer> iceServers;
};

class Rooms {
public:
    Rooms(World world, RoomSettings settings) : world_(std::move(world)), settings_(std::move(settings)) {}

    // A browser enters: it leaves the room it is in and gets Joined and an offer, or Failed.
    // `order` is complete except for the room's id.
    void start(BrowserId browser, std::vector<std::string> codecs, const protocol::Game& game,
        protocol::OpenRoom order, WorkerId worker);
    void join(BrowserId browser, std::vector<std::string> codecs, const std::string& room);
    void leave(BrowserId browser); // also: its connection is gone

    // What a browser says in its room. Ignored when it is in none, or speaks for a peer that is not its own
    // (any more).
    void handle(BrowserId from, const protocol::Answer& answer);
    void handle(BrowserId from, const protocol::Candidate& candidate);
    void handle(BrowserId from, const protocol::Retry& retry);
    void handle(BrowserId from, const protocol::Command& command);

    // What a room says. Ignored when that room is not on that worker.
    void handle(WorkerId from, const protocol::RoomOpened& opened);
    void handle(WorkerId from, const protocol::RoomPicture& picture);
    void handle(WorkerId from, const protocol::RoomClosed& closed);
    void handle(WorkerId from, const protocol::PeerOffer& offer);
    void handle(WorkerId from, const protocol::PeerCandidate& candidate);
    void handle(WorkerId from, const protocol::PeerGone& gone);
    void workerGone(WorkerId worker);

    void tick(); // call it often: ends what has waited long enough

    // Rooms on that worker that wait for players to come back, and the end of the one that has waited
    // longest.
    int emptyOn(WorkerId worker) const;
    void makeWayOn(WorkerId worker);

    int count() const { return int(rooms_.size()); }

private:
    struct Member {
        BrowserId browser = 0;
        std::vector<std::string> codecs;
        int seat = -1;    // -1: watches
        std::string peer; // empty: the room dropped it
        int candidates = 0;
        bool joined = false; // was told so
    };
    enum class State { Opening, Open, Closing };
    struct Room {
        std::string id;
        protocol::Game game;
        WorkerId worker = 0;
        State state = State::Opening;
        Time since; // of `state`
        std::vector<Member> members;
        std::optional<Time> emptySince;
        protocol::Picture picture;
    };

    Room* find(WorkerId worker, const std::string& id);
    Room* roomOf(BrowserId browser);
    static Member* memberOf(Room& room, BrowserId browser);
    static Member* memberOf(Room& room, const std::string& peer);
    static int freeSeat(const Room& room);

    void enter(Room& room, BrowserId browser, std::vector<std::string> codecs);
    void connect(const Room& room, Member& member);
    void welcome(const Room& room, Member& member);
    void drop(Room& room, BrowserId browser);
    void failAll(Room& room, const protocol::Trouble& trouble);
    void close(Room& room);

    World world_;
    RoomSettings settings_;
    std::map<std::string, Room> rooms_;
    std::map<BrowserId, std::string> whereabouts_; // browser ▶ room
};

}
