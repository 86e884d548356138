#pragma once
// All rooms with everyone in them, and which message goes to whom. Pure: no sockets, no clock, no randomness
// of its own, so that a test can be the world.
#include "cloudretro/protocol.hpp"
#include "coordinator/room.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace cloudretro::coordinator {

// Where the rooms live. Sending to someone who is gone does nothing.
struct World {
    std::function<void(BrowserId, const protocol::ToBrowser&)> toBrowser;
    std::function<void(WorkerId, const protocol::ToWorker&)> toWorker;
    std::function<std::string()> newRoomId, newPeerId;
    std::function<Time()> now;
};

struct RoomSettings {
    std::chrono::milliseconds grace{60'000};      // a room that nobody is in waits this long
    std::chrono::milliseconds startLimit{30'000}; // a game that did not run by then never will
    std::vector<protocol::IceServer> iceServers;
    std::chrono::milliseconds seatGrace{15'000};  // nobody else gets the seat of who is away, nor is host
    std::chrono::milliseconds workerGrace{5'000}; // a worker whose link is lost may come back with its rooms
    // After its start the coordinator knows no rooms until their workers are back: who asks for one waits.
    std::chrono::milliseconds recovery{10'000};
};

// Where a new room goes, and why there.
struct Place {
    WorkerId worker = 0;
    std::string why;
};

class Rooms {
public:
    Rooms(World world, RoomSettings settings);

    // A browser enters: it leaves the room it is in and gets Joined and an offer, or Failed.
    // `order` is complete except for the room's id.
    void start(const Visitor& visitor, const protocol::Game& game, protocol::OpenRoom order, Place place);
    void join(const Visitor& visitor, const protocol::Join& wish);
    void leave(BrowserId browser); // for good
    void away(BrowserId browser);  // its page is gone, or only its link to us

    // What a browser says in its room. Ignored when it is in none, when it may not do that, or speaks for a
    // peer that is not its own (any more).
    void handle(BrowserId from, const protocol::Answer& answer);
    void handle(BrowserId from, const protocol::Candidate& candidate);
    void handle(BrowserId from, const protocol::Retry& retry);
    void handle(BrowserId from, const protocol::Command& command);
    void handle(BrowserId from, const protocol::TakeSeat& wish);
    void handle(BrowserId from, const protocol::LeaveSeat& wish);
    void handle(BrowserId from, const protocol::GiveSeat& wish);
    void handle(BrowserId from, const protocol::SwapSeats& wish);
    void handle(BrowserId from, const protocol::SetRoom& wish);
    void handle(BrowserId from, const protocol::RemovePerson& wish);
    void handle(BrowserId from, const protocol::EndRoom& wish);
    void handle(BrowserId from, const protocol::Rename& wish);
    void handle(BrowserId from, const protocol::Report& report);

    // What a worker says of its rooms. Ignored when that room is not on that worker.
    void handle(WorkerId from, const protocol::RoomKept& kept);
    void handle(WorkerId from, const protocol::FilesComing& files);
    void handle(WorkerId from, const protocol::RoomOpened& opened);
    void handle(WorkerId from, const protocol::RoomPicture& picture);
    void handle(WorkerId from, const protocol::RoomClosed& closed);
    void handle(WorkerId from, const protocol::PeerOffer& offer);
    void handle(WorkerId from, const protocol::PeerCandidate& candidate);
    void handle(WorkerId from, const protocol::PeerGone& gone);
    void handle(WorkerId from, const protocol::RoomPhoto& photo);
    void workerGone(WorkerId worker);

    void tick();               // call it often: ends what has waited long enough
    void takePhotos(bool all); // of listed rooms, or of all; call it every few seconds

    // Rooms on that worker that wait for players to come back, and the end of the one that has waited
    // longest.
    int emptyOn(WorkerId worker) const;
    void makeWayOn(WorkerId worker);

    // By whoever runs the server.
    void end(const std::string& room, const std::string& message);
    void say(const std::string& room, const std::string& text); // to everybody in it

    const std::map<std::string, Room>& all() const { return rooms_; }
    std::function<void()> onListChanged; // of rooms that everybody may see

private:
    struct Waiting {
        Visitor visitor;
        protocol::Join wish;
    };
    // Somebody in a room who says something.
    struct Speaker {
        Room* room = nullptr;
        Member* member = nullptr;
        explicit operator bool() const { return member; }
        bool isHost() const { return member && room->isHost(*member); }
    };

    Speaker speaker(BrowserId browser);
    Room* find(WorkerId worker, const std::string& id);
    void enter(Room& room, const Visitor& visitor);
    void comeBack(Room& room, Member& member, const Visitor& visitor, const std::string& peer);
    void connect(const Room& room, Member& member);
    void disconnect(const Room& room, Member& member);
    void welcome(const Room& room, Member& member);
    void drop(Room& room, const std::string& person);
    void changed(Room& room);
    void remember(const Room& room);
    void tellAll(const Room& room, const protocol::ToBrowser& message);
    void failAll(Room& room, const protocol::Trouble& trouble);
    void close(Room& room);
    void lookAfter(Room& room, Time now);
    void adopt(Room& room, WorkerId worker, const protocol::RoomKept& kept);
    void admitWaiting(const std::string& room);
    std::map<std::string, Room>::iterator erase(std::map<std::string, Room>::iterator room);

    World world_;
    RoomSettings settings_;
    Time started_;
    std::map<std::string, Room> rooms_;
    std::map<BrowserId, std::string> whereabouts_; // browser ▶ room
    std::vector<Waiting> waiting_;                 // for a room whose worker is not back yet
};

}
