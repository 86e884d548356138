#pragma once
// One room as the coordinator knows it: who is in it, who holds which seat, and what its host decided. Pure.
#include "cloudretro/protocol.hpp"
#include "coordinator/latency.hpp"
#include "coordinator/matchmaking.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cloudretro::coordinator {

using BrowserId = std::uint64_t;
using Time = std::chrono::steady_clock::time_point;

// A connected browser, and who sits at it.
struct Visitor {
    BrowserId browser = 0;
    std::string player, tab, name;
    std::vector<std::string> codecs;
};

// Somebody who is in a room, or will be back.
struct Member {
    protocol::MemberRecord who;
    BrowserId browser = 0; // 0: away
    Time awaySince;
    int candidates = 0;         // that its current connection named
    bool answered = false;      // the offer of that connection
    bool joined = false;        // was told so
    std::vector<int> seatsTold; // to the room's process
    protocol::Quality quality;
    Time reported; // when it told that
    RecentLatency latency;

    bool isAway() const { return browser == 0; }
    bool isConnected() const { return !isAway() || !who.peer.empty(); }
    bool plays() const;
};

// What the room's process was told to do with the game, and has not answered yet.
struct Errand {
    enum class Kind { Save, Load, HandOver };
    int number = 0;
    Kind kind = Kind::Save;
    std::string slot, name; // as in SaveGame and LoadGame; no slot: undoes a load
    std::string person;     // who wanted it
    Time since;
    protocol::Trouble trouble; // why it did not work so far
};

class Room {
public:
    enum class State { Opening, Open, Closing };

    protocol::RoomRecord facts; // but for its members: those are here
    std::vector<Member> members;
    WorkerId worker = 0; // 0: its link is lost
    State state = State::Opening;
    Time since;                      // of `state`, or of `worker` being 0
    bool wanted = false;             // somebody cannot wait for the lost worker
    std::optional<Time> homeless;    // since when it looks for another worker
    std::optional<Time> handingOver; // since when it is about to leave its worker
    std::string news;                // for everybody, once the game runs again
    Time opened;
    std::optional<Time> emptySince;
    protocol::Picture picture;
    std::string photo;        // JPEG; empty: none was taken yet
    bool qualityNews = false; // that the others were not told yet
    std::vector<Errand> errands;
    std::string rewinder; // Person::id of who holds the key; empty: nobody
    bool unsaved = false; // everybody was told that saving fails

    const std::string& id() const { return facts.room; }
    Member* memberOf(BrowserId browser);
    Member* memberWith(const std::string& peer);
    Member* person(const std::string& id);
    // Who comes back: the same page, or the same player whose page is gone.
    Member* returning(const Visitor& visitor);
    bool isHost(const Member& member) const { return member.who.id == facts.host; }
    bool isBanned(const std::string& player) const;
    bool isEmpty() const; // nobody is connected; without a worker: nobody's page is here
    bool isAnybodyHere() const;

    // Seats. Each gives false, having changed nothing, when `by` may not do that.
    Member* holderOf(int seat);
    int freeSeat() const; // -1: none
    bool take(Member& by, int seat, int pad);
    bool vacate(const Member& by, int seat);
    bool give(const Member& by, int seat, const std::string& to);
    bool swap(const Member& by, int one, int other);
    // For a newcomer: a free seat, or that of somebody who has been away since before `then`.
    void seat(Member& newcomer, Time then);

    // Whoever has been here longest and is not away is the host when the host left, or has been away since
    // before `then`.
    void electHost(Time then);

    protocol::RoomChanged describe() const;
    protocol::RoomRecord record() const;

private:
    bool isSeat(int seat) const { return seat >= 0 && seat < facts.game.seats; }
    bool rules(const Member& by, const Member* holder) const;
    static void putDown(Member& holder, int seat);
};

}
