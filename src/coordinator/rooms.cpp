#include "coordinator/rooms.hpp"

#include "coordinator/sdp_filter.hpp"
#include "coordinator/troubles.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cloudretro::coordinator {

using namespace protocol;

void Rooms::start(
    BrowserId browser, std::vector<std::string> codecs, const Game& game, OpenRoom order, WorkerId worker) {
    leave(browser);
    order.room = world_.newRoomId();
    auto& room = rooms_[order.room];
    room.id = order.room;
    room.game = game;
    room.worker = worker;
    room.since = world_.now();
    world_.toWorker(worker, order);
    enter(room, browser, std::move(codecs)); // the room makes the offer while its game loads
}

void Rooms::join(BrowserId browser, std::vector<std::string> codecs, const std::string& id) {
    leave(browser);
    const auto found = rooms_.find(id);
    if (found == rooms_.end() || found->second.state == State::Closing)
        return world_.toBrowser(browser, Failed{unknownRoom()});
    enter(found->second, browser, std::move(codecs));
}

void Rooms::enter(Room& room, BrowserId browser, std::vector<std::string> codecs) {
    auto& member =
        room.members.emplace_back(Member{browser, std::move(codecs), freeSeat(room), {}, 0, false});
    whereabouts_[browser] = room.id;
    room.emptySince.reset();
    if (room.state == State::Open) welcome(room, member);
    connect(room, member);
}

// A new peer connection, in the seat that the member has.
void Rooms::connect(const Room& room, Member& member) {
    member.peer = world_.newPeerId();
    member.candidates = 0;
    world_.toWorker(
        room.worker, AddPeer{room.id, member.peer, member.codecs, member.seat, settings_.iceServers});
}

// Once per member: before its first offer, or when the game runs.
void Rooms::welcome(const Room& room, Member& member) {
    if (std::exchange(member.joined, true)) return;
    world_.toBrowser(member.browser, Joined{room.id, room.game, member.seat});
    if (room.state == State::Open) world_.toBrowser(member.browser, PictureChanged{room.picture});
}

void Rooms::leave(BrowserId browser) {
    if (auto* room = roomOf(browser)) {
        auto& member = *memberOf(*room, browser);
        if (!member.peer.empty()) world_.toWorker(room->worker, RemovePeer{room->id, member.peer});
        drop(*room, browser);
    }
}

void Rooms::drop(Room& room, BrowserId browser) {
    std::erase_if(room.members, [&](const Member& m) { return m.browser == browser; });
    whereabouts_.erase(browser);
    if (room.members.empty()) room.emptySince = world_.now();
}

// ---- from browsers ----

void Rooms::handle(BrowserId from, const Answer& answer) {
    auto* room = roomOf(from);
    if (room && memberOf(*room, answer.peer) == memberOf(*room, from))
        world_.toWorker(room->worker, PeerAnswer{room->id, answer.peer, answer.sdp});
}

void Rooms::handle(BrowserId from, const Candidate& candidate) {
    auto* room = roomOf(from);
    auto* member = room ? memberOf(*room, from) : nullptr;
    if (!member || member->peer != candidate.peer || ++member->candidates > maxCandidates) return;
    world_.toWorker(
        room->worker, PeerCandidate{room->id, candidate.peer, candidate.line, candidate.candidate});
}

void Rooms::handle(BrowserId from, const Retry&) {
    auto* room = roomOf(from);
    if (!room) return;
    auto& member = *memberOf(*room, from);
    if (!member.peer.empty()) world_.toWorker(room->worker, RemovePeer{room->id, member.peer});
    connect(*room, member);
}

void Rooms::handle(BrowserId from, const Command& command) {
    static const std::set<std::string> actions{"pause", "resume", "reset"};
    auto* room = roomOf(from);
    if (room && memberOf(*room, from)->seat >= 0 &&
        actions.contains(command.action)) // who watches does not rule
        world_.toWorker(room->worker, RoomCommand{room->id, command.action});
}

// ---- from workers ----

void Rooms::handle(WorkerId from, const RoomOpened& opened) {
    auto* room = find(from, opened.room);
    if (!room || room->state != State::Opening) return;
    room->state = State::Open;
    room->since = world_.now();
    room->picture = opened.picture;
    for (auto& member : room->members) {
        if (member.joined)
            world_.toBrowser(member.browser, PictureChanged{room->picture});
        else
            welcome(*room, member);
    }
}

void Rooms::handle(WorkerId from, const RoomPicture& changed) {
    auto* room = find(from, changed.room);
    if (!room) return;
    room->picture = changed.picture;
    for (const auto& member : room->members) world_.toBrowser(member.browser, PictureChanged{room->picture});
}

void Rooms::handle(WorkerId from, const RoomClosed& closed) {
    auto* room = find(from, closed.room);
    if (!room) return;
    if (!closed.trouble.code.empty()) failAll(*room, closed.trouble);
    for (const auto& member : room->members) {
        world_.toBrowser(member.browser, Ended{"The game has ended."});
        whereabouts_.erase(member.browser);
    }
    rooms_.erase(closed.room);
}

void Rooms::handle(WorkerId from, const PeerOffer& offer) {
    auto* room = find(from, offer.room);
    auto* member = room ? memberOf(*room, offer.peer) : nullptr;
    if (!member) return;
    welcome(*room, *member);
    world_.toBrowser(member->browser, Offer{offer.peer, offer.sdp});
}

void Rooms::handle(WorkerId from, const PeerCandidate& candidate) {
    auto* room = find(from, candidate.room);
    if (auto* member = room ? memberOf(*room, candidate.peer) : nullptr)
        world_.toBrowser(member->browser, Candidate{candidate.peer, candidate.line, candidate.candidate});
}

// Without a trouble only the connection ended: the browser may ask for another one, its seat stays.
void Rooms::handle(WorkerId from, const PeerGone& gone) {
    auto* room = find(from, gone.room);
    auto* member = room ? memberOf(*room, gone.peer) : nullptr;
    if (!member) return;
    member->peer.clear();
    if (gone.trouble.code.empty()) return;
    const auto browser = member->browser;
    drop(*room, browser);
    world_.toBrowser(browser, Failed{gone.trouble});
}

void Rooms::workerGone(WorkerId worker) {
    for (auto& [id, room] : rooms_)
        if (room.worker == worker) failAll(room, coordinator::workerGone());
    std::erase_if(rooms_, [&](const auto& entry) { return entry.second.worker == worker; });
}

// ---- time ----

void Rooms::tick() {
    const auto now = world_.now();
    for (auto& [id, room] : rooms_) {
        if (room.state == State::Opening && now - room.since >= settings_.startLimit) {
            failAll(room, startTimedOut());
            close(room);
        }
        if (room.state != State::Closing && room.emptySince && now - *room.emptySince >= settings_.grace)
            close(room);
    }
}

int Rooms::emptyOn(WorkerId worker) const {
    return int(std::ranges::count_if(rooms_, [&](const auto& entry) {
        const auto& room = entry.second;
        return room.worker == worker && room.emptySince && room.state != State::Closing;
    }));
}

void Rooms::makeWayOn(WorkerId worker) {
    Room* longest = nullptr;
    for (auto& [id, room] : rooms_)
        if (room.worker == worker && room.emptySince && room.state != State::Closing &&
            (!longest || *room.emptySince < *longest->emptySince))
            longest = &room;
    if (longest) close(*longest);
}

void Rooms::failAll(Room& room, const Trouble& trouble) {
    for (const auto& member : std::exchange(room.members, {})) {
        whereabouts_.erase(member.browser);
        world_.toBrowser(member.browser, Failed{trouble});
    }
}

// The worker answers with RoomClosed; until then nobody gets in.
void Rooms::close(Room& room) {
    room.state = State::Closing;
    room.since = world_.now();
    world_.toWorker(room.worker, CloseRoom{room.id});
}

// ---- who and where ----

Rooms::Room* Rooms::find(WorkerId worker, const std::string& id) {
    const auto found = rooms_.find(id);
    return found != rooms_.end() && found->second.worker == worker ? &found->second : nullptr;
}

Rooms::Room* Rooms::roomOf(BrowserId browser) {
    const auto found = whereabouts_.find(browser);
    return found == whereabouts_.end() ? nullptr : &rooms_.at(found->second);
}

Rooms::Member* Rooms::memberOf(Room& room, BrowserId browser) {
    const auto is = [&](const Member& m) { return m.browser == browser; };
    const auto found = std::find_if(room.members.begin(), room.members.end(), is);
    return found == room.members.end() ? nullptr : &*found;
}

Rooms::Member* Rooms::memberOf(Room& room, const std::string& peer) {
    const auto is = [&](const Member& m) { return !peer.empty() && m.peer == peer; };
    const auto found = std::find_if(room.members.begin(), room.members.end(), is);
    return found == room.members.end() ? nullptr : &*found;
}

int Rooms::freeSeat(const Room& room) {
    for (int seat = 0; seat < room.game.seats; ++seat) {
        const auto holds = [&](const Member& m) { return m.seat == seat; };
        if (std::none_of(room.members.begin(), room.members.end(), holds)) return seat;
    }
    return -1;
}

}
