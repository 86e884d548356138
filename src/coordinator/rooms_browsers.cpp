// What browsers say in their rooms.
#include "coordinator/rooms.hpp"
#include "coordinator/sdp_filter.hpp"
#include "coordinator/troubles.hpp"

#include <set>

namespace cloudretro::coordinator {

using namespace protocol;

// ---- their connection ----

void Rooms::handle(BrowserId from, const Answer& answer) {
    const auto at = speaker(from);
    if (!at || answer.peer.empty() || at.member->who.peer != answer.peer) return;
    at.member->answered = true;
    world_.toWorker(at.room->worker, PeerAnswer{at.room->id(), answer.peer, answer.sdp});
}

void Rooms::handle(BrowserId from, const Candidate& candidate) {
    const auto at = speaker(from);
    if (!at || candidate.peer.empty() || at.member->who.peer != candidate.peer) return;
    if (++at.member->candidates > maxCandidates) return;
    world_.toWorker(
        at.room->worker, PeerCandidate{at.room->id(), candidate.peer, candidate.line, candidate.candidate});
}

void Rooms::handle(BrowserId from, const Retry&) {
    const auto at = speaker(from);
    if (!at) return;
    disconnect(*at.room, *at.member);
    connect(*at.room, *at.member);
    changed(*at.room);
    at.room->wanted = true;
    if (at.room->worker == 0) lookAfterLost(*at.room, world_.now());
}

void Rooms::handle(BrowserId from, const Report& report) {
    const auto at = speaker(from);
    if (!at) return;
    at.member->quality = report.quality;
    at.member->reported = world_.now();
    if (isSane(report.latency)) at.member->latency.add(report.latency.samples, world_.now());
    at.room->qualityNews = true;
}

void Rooms::handle(BrowserId from, const Rename& wish) {
    const auto at = speaker(from);
    if (!at) return;
    at.member->who.name = wish.name;
    changed(*at.room);
}

// ---- the game ----

// Who watches does not rule.
void Rooms::handle(BrowserId from, const Command& command) {
    static const std::set<std::string> actions{"pause", "resume", "reset"};
    const auto at = speaker(from);
    if (!at || !(at.member->plays() || at.isHost()) || !actions.contains(command.action)) return;
    world_.toWorker(at.room->worker, RoomCommand{at.room->id(), command.action});
    if (command.action == "reset") return;
    at.room->facts.paused = command.action == "pause";
    changed(*at.room);
}

// ---- seats ----

void Rooms::handle(BrowserId from, const TakeSeat& wish) {
    if (const auto at = speaker(from); at && at.room->take(*at.member, wish.seat, wish.pad))
        changed(*at.room);
}

void Rooms::handle(BrowserId from, const LeaveSeat& wish) {
    if (const auto at = speaker(from); at && at.room->vacate(*at.member, wish.seat)) changed(*at.room);
}

void Rooms::handle(BrowserId from, const GiveSeat& wish) {
    if (const auto at = speaker(from); at && at.room->give(*at.member, wish.seat, wish.person))
        changed(*at.room);
}

void Rooms::handle(BrowserId from, const SwapSeats& wish) {
    if (const auto at = speaker(from); at && at.room->swap(*at.member, wish.one, wish.other))
        changed(*at.room);
}

// ---- what only the host may ----

void Rooms::handle(BrowserId from, const SetRoom& wish) {
    const auto at = speaker(from);
    if (!at.isHost()) return;
    const bool listChanged = at.room->facts.listed != wish.listed;
    at.room->facts.locked = wish.locked;
    at.room->facts.listed = wish.listed;
    at.room->facts.guestsSave = wish.guestsSave;
    changed(*at.room);
    if (!listChanged) return;
    if (wish.listed) world_.toWorker(at.room->worker, TakePicture{at.room->id()});
    if (onListChanged) onListChanged();
}

void Rooms::handle(BrowserId from, const RemovePerson& wish) {
    const auto at = speaker(from);
    auto* person = at.isHost() ? at.room->person(wish.person) : nullptr;
    if (!person || person == at.member) return;
    at.room->facts.banned.push_back(person->who.player);
    const auto browser = person->browser;
    disconnect(*at.room, *person);
    drop(*at.room, wish.person);
    world_.toBrowser(browser, Failed{removedFromRoom()});
}

void Rooms::handle(BrowserId from, const EndRoom&) {
    if (const auto at = speaker(from); at.isHost()) end(at.room->id(), "The host has ended the game.");
}

}
