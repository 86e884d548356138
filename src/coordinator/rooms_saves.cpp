// Saving, loading and rewinding in a room: who may, and what everybody hears of it.
#include "coordinator/rooms.hpp"
#include "coordinator/troubles.hpp"

#include <algorithm>
#include <utility>

namespace cloudretro::coordinator {

using namespace protocol;

namespace {

constexpr std::size_t maxErrands = 4; // at once: each is a whole state

auto errandOf(auto& room, int number) { return std::ranges::find(room.errands, number, &Errand::number); }

}

// ---- what browsers want ----

std::optional<Trouble> Rooms::refuseErrand(const Speaker& at) const {
    if (!at.isHost() && !(at.room->facts.guestsSave && at.member->plays())) return mayNotSave();
    const bool isReady = at.room->worker && at.room->state == Room::State::Open;
    if (!isReady || at.room->errands.size() >= maxErrands) return cannotSaveNow();
    return std::nullopt;
}

Errand& Rooms::send(Room& room, Errand errand) {
    errand.number = ++lastErrand_;
    errand.since = world_.now();
    return room.errands.emplace_back(std::move(errand));
}

void Rooms::handle(BrowserId from, const SaveGame& wish) {
    const auto at = speaker(from);
    if (!at) return;
    const auto& person = at.member->who.id;
    if (const auto why = refuseErrand(at))
        return world_.toBrowser(from, GameSaved{wish.slot, 0, person, *why});
    const auto& errand = send(*at.room, {0, Errand::Kind::Save, wish.slot, wish.name, person, {}, {}});
    world_.toWorker(at.room->worker, SaveRoom{at.room->id(), errand.number});
}

void Rooms::handle(BrowserId from, const LoadGame& wish) {
    if (const auto at = speaker(from)) load(at, wish.slot, wish.sequence);
}

void Rooms::handle(BrowserId from, const UndoLoad&) {
    if (const auto at = speaker(from)) load(at, {}, 0);
}

// Without a slot: undoes the load before.
void Rooms::load(const Speaker& at, const std::string& slot, int sequence) {
    const auto& person = at.member->who.id;
    auto why = refuseErrand(at);
    auto state = why || slot.empty() ? SavedBytes{} : world_.findState(at.room->facts, slot, sequence);
    if (!why && !state) why = noSuchSave();
    if (why) return world_.toBrowser(at.member->browser, GameLoaded{slot, person, *why});
    const auto& errand = send(*at.room, {0, Errand::Kind::Load, slot, {}, person, {}, {}});
    world_.toWorker(at.room->worker, LoadRoom{at.room->id(), errand.number, std::move(*state)});
}

// Whoever began it can always end it.
void Rooms::handle(BrowserId from, const Rewind& wish) {
    const auto at = speaker(from);
    if (!at || !at.room->worker) return;
    const auto& person = at.member->who.id;
    auto& rewinder = at.room->rewinder;
    if (wish.on ? !rewinder.empty() : rewinder != person) return;
    if (const auto why = wish.on ? refuseErrand(at) : std::nullopt)
        return world_.toBrowser(from, GameLoaded{{}, person, *why});
    rewinder = wish.on ? person : std::string();
    world_.toWorker(at.room->worker, RewindRoom{at.room->id(), wish.on});
}

// Its key can be let go by nobody else.
void Rooms::stopRewinding(Room& room) {
    if (room.rewinder.empty()) return;
    const auto* person = room.person(room.rewinder);
    if (person && !person->isAway()) return;
    room.rewinder.clear();
    world_.toWorker(room.worker, RewindRoom{room.id(), false});
}

// ---- what became of it ----

void Rooms::handle(WorkerId from, const RoomNotSaved& answer) {
    if (auto* room = find(from, answer.room)) conclude(*room, answer.request, 0, answer.trouble);
}

// Of no request: it began, or goes on in another process, without the state that it was to go on from.
void Rooms::handle(WorkerId from, const RoomLoaded& answer) {
    auto* room = find(from, answer.room);
    if (!room) return;
    if (answer.request) return conclude(*room, answer.request, 0, answer.trouble);
    if (answer.trouble.code.empty()) return;
    room->news =
        "The game does not go on from its save. " + answer.trouble.message + " " + answer.trouble.remedy;
    if (room->state == Room::State::Open) tellNews(*room);
}

const Errand* Rooms::saveErrand(const std::string& id, int request) const {
    const auto room = rooms_.find(id);
    if (room == rooms_.end()) return nullptr;
    const auto errand = errandOf(room->second, request);
    return errand == room->second.errands.end() || errand->kind == Errand::Kind::Load ? nullptr : &*errand;
}

void Rooms::conclude(Room& room, int number, int sequence, const Trouble& trouble) {
    const auto found = errandOf(room, number);
    if (found == room.errands.end()) return;
    const auto errand = std::move(*found);
    room.errands.erase(found);
    switch (errand.kind) {
    case Errand::Kind::Save:
        return tellAll(room, GameSaved{errand.slot, sequence, errand.person, trouble});
    case Errand::Kind::Load:
        return tellAll(room, GameLoaded{errand.slot, errand.person, trouble});
    case Errand::Kind::HandOver:
        return; // lookAfterHandOver() sees that it is gone
    }
}

void Rooms::concludeAll(Room& room, const Trouble& trouble) {
    while (!room.errands.empty()) conclude(room, room.errands.front().number, 0, trouble);
}

void Rooms::lookAfterErrands(Room& room, Time now) {
    std::vector<Errand> late;
    std::ranges::copy_if(room.errands, std::back_inserter(late), [&](const Errand& errand) {
        const bool loads = errand.kind == Errand::Kind::Load;
        return now - errand.since >= (loads ? settings_.loadLimit : settings_.saveLimit);
    });
    for (const auto& errand : late) {
        const auto usual = errand.kind == Errand::Kind::Load ? notLoadedInTime() : notSavedInTime();
        conclude(room, errand.number, 0, errand.trouble.code.empty() ? usual : errand.trouble);
    }
}

void Rooms::stored(const std::string& id, int request, int sequence) {
    const auto found = rooms_.find(id);
    if (found == rooms_.end()) return;
    auto& room = found->second;
    conclude(room, request, sequence, {});
    if (std::exchange(room.unsaved, false)) tellAll(room, Notice{"Your game is being saved again."});
}

// A worker tries again unless it is for good. What is stale belongs to a room that went on elsewhere.
void Rooms::notStored(const std::string& id, int request, const Trouble& trouble, bool forGood) {
    const auto found = rooms_.find(id);
    if (found == rooms_.end()) return;
    auto& room = found->second;
    if (const auto errand = errandOf(room, request); errand != room.errands.end()) errand->trouble = trouble;
    if (forGood) conclude(room, request, 0, trouble);
    if (trouble.code == "stale" || std::exchange(room.unsaved, true)) return;
    tellAll(room, Notice{"Your game is not being saved: " + trouble.message});
}

}
