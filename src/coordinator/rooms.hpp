#pragma once
// All rooms with everyone in them, and which message goes to whom. Pure: no sockets, no clock, no randomness
// of its own, so that a test can be the world.
#include "cloudretro/protocol.hpp"
#include "coordinator/room.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cloudretro::coordinator {

// Where a room goes, and why there.
struct Place {
    WorkerId worker = 0;
    std::string why;
    bool makeWay = false; // it is full: a room that nobody is in has to close first
};

struct Opening {
    Place place;
    protocol::OpenRoom order; // complete but for the room, and what its saves are
};

// Where the rooms live. Sending to someone who is gone does nothing.
struct World {
    std::function<void(BrowserId, const protocol::ToBrowser&)> toBrowser;
    std::function<void(WorkerId, const protocol::ToWorker&)> toWorker;
    std::function<std::string()> newRoomId, newPeerId;
    std::function<Time()> now;
    std::function<std::vector<protocol::IceServer>()> iceServers; // for one more connection
    // For a room that has to leave its worker; nullopt: nowhere, for now.
    std::function<std::optional<Opening>(const Room&)> findPlace;
    // A room opens: gives it its epoch, and the order what the game goes on from; `resume`: where its player
    // left.
    std::function<void(protocol::RoomRecord&, bool resume, protocol::OpenRoom&)> addSaves;
    // A state of the room's owner; `sequence` 0: what the slot holds; nullopt: there is none.
    std::function<std::optional<protocol::SavedBytes>(
        const protocol::RoomRecord&, const std::string& slot, int sequence)>
        findState;
};

struct RoomSettings {
    std::chrono::milliseconds grace{60'000};      // a room that nobody is in waits this long
    std::chrono::milliseconds startLimit{30'000}; // a game that did not run by then never will
    std::chrono::milliseconds seatGrace{15'000};  // nobody else gets the seat of who is away, nor is host
    // A worker whose link is lost may come back with its rooms: so long while their pictures come, else ...
    std::chrono::milliseconds workerGrace{60'000};
    // After its start the coordinator knows no rooms until their workers are back: who asks for one waits.
    std::chrono::milliseconds recovery{10'000};
    std::chrono::milliseconds silence{3'500};       // ... so long
    std::chrono::milliseconds homeless{20'000};     // a room waits so long for another worker
    std::chrono::milliseconds saveLimit{10'000};    // an errand takes no longer
    std::chrono::milliseconds loadLimit{20'000};    // the state may have to travel
    std::chrono::milliseconds handOverLimit{3'000}; // a room leaves its worker then, saved or not
    int firstErrand = 1; // another one after each start: a worker may answer those of the process before
};

class Rooms {
public:
    Rooms(World world, RoomSettings settings);

    // A browser enters: it leaves the room it is in and gets Joined and an offer, or Failed.
    void start(
        const Visitor& visitor, const protocol::Game& game, Opening opening, const protocol::Start& wish);
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
    void handle(BrowserId from, const protocol::SaveGame& wish);
    void handle(BrowserId from, const protocol::LoadGame& wish);
    void handle(BrowserId from, const protocol::UndoLoad& wish);
    void handle(BrowserId from, const protocol::Rewind& wish);
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
    void handle(WorkerId from, const protocol::RoomRestarted& restarted);
    void handle(WorkerId from, const protocol::RoomNotSaved& answer);
    void handle(WorkerId from, const protocol::RoomLoaded& answer);
    void workerGone(WorkerId worker);
    void handOver(WorkerId worker); // it is to be left: call it as long as that holds

    // What became of something that a worker sent to be saved; `request` 0: nobody asked for it.
    const Errand* saveErrand(const std::string& room, int request) const; // null: nobody waits for that
    void stored(const std::string& room, int request, int sequence);
    void notStored(const std::string& room, int request, const protocol::Trouble& trouble, bool forGood);

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

    // What becomes of a room that lost its worker.
    enum class Outlook { Wait, MoveNow };

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
    void tellNews(Room& room); // Room::news, once
    void failAll(Room& room, const protocol::Trouble& trouble);
    void close(Room& room);
    void lookAfter(Room& room, Time now);
    void adopt(Room& room, WorkerId worker, const protocol::RoomKept& kept);
    bool isNewer(const Room& known, WorkerId from, const protocol::RoomKept& kept);
    void noteEmptiness(Room& room);

    // Saves
    Errand& send(Room& room, Errand errand);
    std::optional<protocol::Trouble> refuseErrand(const Speaker& at) const;
    void load(const Speaker& at, const std::string& slot, int sequence);
    void conclude(Room& room, int number, int sequence, const protocol::Trouble& trouble);
    void concludeAll(Room& room, const protocol::Trouble& trouble);
    void lookAfterErrands(Room& room, Time now);
    void stopRewinding(Room& room);

    // Rooms that leave their worker, or were left by it
    Outlook outlook(const Room& room, Time now) const;
    void lose(Room& room);
    void lookAfterLost(Room& room, Time now);
    void lookAfterHandOver(Room& room, Time now);
    // Both: whether the game goes on from a state.
    bool open(Room& room, Opening&& opening, bool resume);
    bool moveTo(Room& room, Opening opening);
    void connectAll(Room& room);
    void admitWaiting(const std::string& room);
    std::map<std::string, Room>::iterator erase(std::map<std::string, Room>::iterator room);

    World world_;
    RoomSettings settings_;
    Time started_;
    int lastErrand_;
    std::map<std::string, Room> rooms_;
    std::map<BrowserId, std::string> whereabouts_; // browser ▶ room
    std::vector<Waiting> waiting_;                 // for a room whose worker is not back yet
};

}
