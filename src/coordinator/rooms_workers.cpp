// What workers say of their rooms, and what becomes of the rooms when a worker is lost and found.
#include "coordinator/rooms.hpp"
#include "coordinator/troubles.hpp"

#include <algorithm>
#include <utility>

namespace cloudretro::coordinator {

using namespace protocol;

void Rooms::handle(WorkerId from, const FilesComing& files) {
    auto* room = find(from, files.room);
    if (!room || room->state != Room::State::Opening) return;
    room->since = world_.now(); // as long as something comes, the game may still start
    for (const auto& member : room->members)
        world_.toBrowser(member.browser, Progress{files.done, files.total});
}

void Rooms::handle(WorkerId from, const RoomOpened& opened) {
    auto* room = find(from, opened.room);
    if (!room || room->state != Room::State::Opening) return;
    room->state = Room::State::Open;
    room->since = world_.now();
    room->picture = opened.picture;
    for (auto& member : room->members) {
        if (member.joined)
            world_.toBrowser(member.browser, PictureChanged{room->picture});
        else
            welcome(*room, member);
    }
    tellNews(*room);
}

void Rooms::tellNews(Room& room) {
    if (const auto news = std::exchange(room.news, {}); !news.empty()) tellAll(room, Notice{news});
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
    const bool wasListed = room->facts.listed;
    rooms_.erase(closed.room);
    if (wasListed && onListChanged) onListChanged();
}

void Rooms::handle(WorkerId from, const PeerOffer& offer) {
    auto* room = find(from, offer.room);
    auto* member = room ? room->memberWith(offer.peer) : nullptr;
    if (!member) return;
    welcome(*room, *member);
    world_.toBrowser(member->browser, Offer{offer.peer, offer.sdp});
}

void Rooms::handle(WorkerId from, const PeerCandidate& candidate) {
    auto* room = find(from, candidate.room);
    if (auto* member = room ? room->memberWith(candidate.peer) : nullptr)
        world_.toBrowser(member->browser, Candidate{candidate.peer, candidate.line, candidate.candidate});
}

// Without a trouble only the connection ended: the browser may ask for another one, its seat stays.
void Rooms::handle(WorkerId from, const PeerGone& gone) {
    auto* room = find(from, gone.room);
    auto* member = room ? room->memberWith(gone.peer) : nullptr;
    if (!member) return;
    member->who.peer.clear();
    if (gone.trouble.code.empty()) return changed(*room);
    const auto browser = member->browser;
    drop(*room, member->who.id);
    world_.toBrowser(browser, Failed{gone.trouble});
}

void Rooms::handle(WorkerId from, const RoomPhoto& photo) {
    if (auto* room = find(from, photo.room)) room->photo = photo.jpeg;
}

// ---- lost and found ----

// The games may go on there: only the link to the worker is known to be gone. (rooms_recovery.cpp)
void Rooms::workerGone(WorkerId worker) {
    for (auto it = rooms_.begin(); it != rooms_.end();) {
        auto& room = it->second;
        if (room.worker != worker) {
            ++it;
        } else if (room.state == Room::State::Closing) {
            it = erase(it);
        } else {
            lose(room);
            ++it;
        }
    }
}

std::map<std::string, Room>::iterator Rooms::erase(std::map<std::string, Room>::iterator it) {
    const bool wasListed = it->second.facts.listed;
    const auto next = rooms_.erase(it);
    if (wasListed && onListChanged) onListChanged();
    return next;
}

void Rooms::handle(WorkerId from, const RoomKept& kept) {
    const auto found = rooms_.find(kept.room);
    if (found != rooms_.end() && !isNewer(found->second, from, kept)) return;
    auto& room = rooms_[kept.room];
    if (found == rooms_.end()) {
        const auto now = world_.now();
        room.facts = kept.record;
        room.facts.room = kept.room;
        room.opened = now;
        for (auto& who : std::exchange(room.facts.members, {})) {
            auto& member = room.members.emplace_back();
            member.who = std::move(who);
            member.awaySince = now;
            member.answered = true;
            member.seatsTold = member.who.seats;
        }
    }
    adopt(room, from, kept);
}

// It may have been closed, or gone on elsewhere, while its worker was out of reach. Of two that have it,
// after a start of ours, the one is right that opened it later.
bool Rooms::isNewer(const Room& known, WorkerId from, const RoomKept& kept) {
    if (known.worker == from) return false;
    const auto epoch = kept.record.epoch, ours = known.facts.epoch;
    const bool better = known.state != Room::State::Closing && (known.worker ? epoch > ours : epoch >= ours);
    const auto loser = better ? known.worker : from;
    if (loser) world_.toWorker(loser, CloseRoom{kept.room});
    return better;
}

// The room's process may have lost peers that we believe in, and have some that we gave up.
void Rooms::adopt(Room& room, WorkerId worker, const RoomKept& kept) {
    room.worker = worker;
    room.facts.epoch = kept.record.epoch;
    room.wanted = false;
    room.homeless.reset();
    room.state = kept.open ? Room::State::Open : Room::State::Opening;
    room.since = world_.now();
    room.picture = kept.picture;
    for (const auto& peer : kept.peers)
        if (!room.memberWith(peer)) world_.toWorker(worker, RemovePeer{room.id(), peer});
    for (auto& member : room.members) {
        member.seatsTold.clear(); // what was said meanwhile did not arrive
        if (std::ranges::find(kept.peers, member.who.peer) != kept.peers.end()) continue;
        member.who.peer.clear();
        if (!member.isAway()) connect(room, member);
    }
    world_.toWorker(worker, RoomCommand{room.id(), room.facts.paused ? "pause" : "resume"});
    changed(room);
    admitWaiting(room.id());
}

void Rooms::admitWaiting(const std::string& room) {
    auto all = std::exchange(waiting_, {});
    const auto here =
        std::partition(all.begin(), all.end(), [&](const Waiting& w) { return w.wish.room != room; });
    std::vector<Waiting> now(here, all.end());
    all.erase(here, all.end());
    waiting_ = std::move(all);
    for (const auto& each : now) join(each.visitor, each.wish);
}

}
