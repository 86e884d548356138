// Rooms that lost their worker, or have to leave it: they go on from their saves on another one.
#include "coordinator/rooms.hpp"
#include "coordinator/troubles.hpp"

#include <algorithm>
#include <utility>

namespace cloudretro::coordinator {

using namespace protocol;
using namespace std::chrono_literals;

namespace {

constexpr auto reportSpan = 1'200ms; // what a page reports is of the last second

constexpr auto lostNews = "The machine that ran this game was lost. The game goes on from its last save.";
constexpr auto startedNews =
    "The machine that ran this game was lost before anything was saved: it starts again.";
constexpr auto movedNews = "The game has moved to another machine.";

}

// Its link is gone. It may come back, with the games that went on there meanwhile.
void Rooms::lose(Room& room) {
    room.worker = 0;
    room.since = world_.now();
    room.wanted = false;
    room.handingOver.reset();
    room.rewinder.clear();
    concludeAll(room, machineLost());
    noteEmptiness(room);
}

// As long as pictures come, the game lives: only our own link is gone.
Rooms::Outlook Rooms::outlook(const Room& room, Time now) const {
    if (!room.isAnybodyHere()) return Outlook::Wait;
    if (room.wanted || room.homeless || now - room.since >= settings_.workerGrace) return Outlook::MoveNow;
    int present = 0, seeing = 0, blind = 0;
    for (const auto& member : room.members) {
        if (member.isAway()) continue;
        ++present;
        if (member.reported - room.since < reportSpan) continue;
        ++(member.quality.fps > 0 ? seeing : blind);
    }
    if (seeing) return Outlook::Wait;
    return blind == present || now - room.since >= settings_.silence ? Outlook::MoveNow : Outlook::Wait;
}

void Rooms::lookAfterLost(Room& room, Time now) {
    if (room.state == Room::State::Closing || outlook(room, now) == Outlook::Wait) return;
    if (!room.homeless) room.homeless = now;
    if (auto opening = world_.findPlace(room)) {
        room.news = moveTo(room, std::move(*opening)) ? lostNews : startedNews;
    } else if (now - *room.homeless >= settings_.homeless) {
        failAll(room, noPlace());
        close(room);
    }
}

bool Rooms::moveTo(Room& room, Opening opening) {
    room.homeless.reset();
    room.handingOver.reset();
    room.wanted = false;
    room.unsaved = false;
    concludeAll(room, machineLost());
    const bool goesOn = open(room, std::move(opening), room.facts.wish.resume);
    connectAll(room);
    return goesOn;
}

// New connections, for the room's process is another one.
void Rooms::connectAll(Room& room) {
    for (auto& member : room.members) {
        member.who.peer.clear();
        if (!member.isAway()) connect(room, member);
    }
    if (room.facts.paused) world_.toWorker(room.worker, RoomCommand{room.id(), "pause"});
    changed(room);
}

void Rooms::handle(WorkerId from, const RoomRestarted& restarted) {
    auto* room = find(from, restarted.room);
    if (!room || room->state == Room::State::Closing) return;
    room->state = Room::State::Opening;
    room->since = world_.now();
    room->rewinder.clear();
    concludeAll(*room, cannotSaveNow());
    connectAll(*room);
}

// ---- a worker that is to be left ----

// Games that somebody plays are saved there first. Those that nobody is in end there.
void Rooms::handOver(WorkerId worker) {
    for (auto& [id, room] : rooms_) {
        if (room.worker != worker || room.state != Room::State::Open || room.handingOver) continue;
        if (!room.isAnybodyHere() || !world_.findPlace(room)) continue;
        room.handingOver = world_.now();
        Errand errand;
        errand.kind = Errand::Kind::HandOver;
        errand.slot = "auto";
        world_.toWorker(worker, SaveRoom{id, send(room, std::move(errand)).number});
    }
}

// Once it is saved, or cannot be.
void Rooms::lookAfterHandOver(Room& room, Time now) {
    const bool isSaving = std::ranges::any_of(
        room.errands, [](const Errand& errand) { return errand.kind == Errand::Kind::HandOver; });
    if (isSaving && now - *room.handingOver < settings_.handOverLimit) return;
    const auto before = room.worker;
    auto opening = world_.findPlace(room);
    if (!opening || opening->place.worker == before)
        return room.handingOver.reset(); // as if it had not begun
    moveTo(room, std::move(*opening));
    room.news = movedNews;
    world_.toWorker(before, CloseRoom{room.id()});
}

}
