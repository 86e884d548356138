#include "coordinator/rooms.hpp"

#include "coordinator/sdp_filter.hpp"
#include "coordinator/troubles.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cloudretro::coordinator {

using namespace protocol;

namespace {

// As far as it is kept: a worker takes no record over the size of a message, and browsers say what they want.
Start shortened(Start wish) {
    constexpr std::size_t mostTrips = 64, longestKey = 64;
    std::erase_if(wish.roundTrips, [](const RoundTrip& trip) { return trip.worker.size() > longestKey; });
    if (wish.roundTrips.size() > mostTrips) wish.roundTrips.resize(mostTrips);
    return wish;
}

}

Rooms::Rooms(World world, RoomSettings settings)
    : world_(std::move(world)),
      settings_(settings),
      started_(world_.now()),
      lastErrand_(settings_.firstErrand - 1) {}

// ---- entering and leaving ----

void Rooms::start(const Visitor& visitor, const Game& game, Opening opening, const Start& wish) {
    leave(visitor.browser);
    const auto id = world_.newRoomId();
    auto& room = rooms_[id];
    room.facts.room = id;
    room.facts.game = game;
    room.facts.owner = visitor.player;
    room.facts.wish = shortened(wish);
    room.opened = world_.now();
    open(room, std::move(opening), wish.resume);
    enter(room, visitor); // the room makes the offer while its game loads
}

bool Rooms::open(Room& room, Opening&& opening, bool resume) {
    auto& [place, order] = opening;
    if (place.makeWay) makeWayOn(place.worker);
    room.worker = place.worker;
    room.facts.why = std::move(place.why);
    room.facts.core = order.core;
    room.state = Room::State::Opening;
    room.since = world_.now();
    order.room = room.id();
    world_.addSaves(room.facts, resume, order);
    world_.toWorker(place.worker, order);
    return !order.state.object.empty();
}

void Rooms::join(const Visitor& visitor, const Join& wish) {
    if (const auto place = whereabouts_.find(visitor.browser);
        place != whereabouts_.end() && place->second != wish.room)
        leave(visitor.browser);
    const auto found = rooms_.find(wish.room);
    if (found == rooms_.end() && world_.now() - started_ < settings_.recovery)
        return waiting_.push_back({visitor, wish});
    const auto refuse = [&](const Trouble& why) { world_.toBrowser(visitor.browser, Failed{why}); };
    if (found == rooms_.end() || found->second.state == Room::State::Closing) return refuse(unknownRoom());
    auto& room = found->second;
    if (room.isBanned(visitor.player)) return refuse(removedFromRoom());
    if (auto* member = room.returning(visitor)) return comeBack(room, *member, visitor, wish.peer);
    if (room.facts.locked) return refuse(lockedRoom());
    enter(room, visitor);
}

void Rooms::enter(Room& room, const Visitor& visitor) {
    auto& member = room.members.emplace_back();
    member.who = {world_.newPeerId(), visitor.player, visitor.tab, visitor.name, {}, {}, visitor.codecs};
    member.browser = visitor.browser;
    whereabouts_[visitor.browser] = room.id();
    room.seat(member, world_.now() - settings_.seatGrace);
    connect(room, member);
    room.wanted = true;
    if (room.state == Room::State::Open) welcome(room, member);
    changed(room);
}

// A connection that still stands goes on as if nothing had happened.
void Rooms::comeBack(Room& room, Member& member, const Visitor& visitor, const std::string& peer) {
    if (!member.isAway() && member.browser != visitor.browser) {
        whereabouts_.erase(member.browser);
        world_.toBrowser(member.browser, Failed{goesOnElsewhere()});
    }
    member.browser = visitor.browser;
    member.who.tab = visitor.tab;
    member.who.name = visitor.name;
    member.who.codecs = visitor.codecs;
    member.joined = false;
    whereabouts_[visitor.browser] = room.id();
    if (!member.plays()) room.seat(member, world_.now() - settings_.seatGrace);
    if (peer.empty() || peer != member.who.peer) {
        disconnect(room, member);
        connect(room, member);
        room.wanted = true;
    }
    if (room.state == Room::State::Open) welcome(room, member);
    changed(room);
}

// A new peer connection, in the seats that the member has.
void Rooms::connect(const Room& room, Member& member) {
    member.who.peer = world_.newPeerId();
    member.candidates = 0;
    member.answered = false;
    member.seatsTold = member.who.seats;
    world_.toWorker(room.worker,
        AddPeer{room.id(), member.who.peer, member.who.codecs, member.who.seats, world_.iceServers()});
}

void Rooms::disconnect(const Room& room, Member& member) {
    if (!member.who.peer.empty()) world_.toWorker(room.worker, RemovePeer{room.id(), member.who.peer});
    member.who.peer.clear();
}

// Once per visit: before its first offer, or when the game runs.
void Rooms::welcome(const Room& room, Member& member) {
    if (member.isAway() || std::exchange(member.joined, true)) return;
    world_.toBrowser(member.browser, Joined{room.id(), room.facts.game, member.who.id});
    world_.toBrowser(member.browser, room.describe());
    if (room.state == Room::State::Open) world_.toBrowser(member.browser, PictureChanged{room.picture});
}

void Rooms::leave(BrowserId browser) {
    std::erase_if(waiting_, [&](const Waiting& w) { return w.visitor.browser == browser; });
    if (const auto at = speaker(browser)) {
        disconnect(*at.room, *at.member);
        drop(*at.room, at.member->who.id);
    }
}

void Rooms::away(BrowserId browser) {
    std::erase_if(waiting_, [&](const Waiting& w) { return w.visitor.browser == browser; });
    const auto at = speaker(browser);
    whereabouts_.erase(browser);
    if (!at) return;
    at.member->browser = 0;
    at.member->awaySince = world_.now();
    if (!at.member->answered) disconnect(*at.room, *at.member); // nobody is left to answer
    changed(*at.room);
}

void Rooms::drop(Room& room, const std::string& person) {
    if (const auto* member = room.person(person)) whereabouts_.erase(member->browser);
    std::erase_if(room.members, [&](const Member& m) { return m.who.id == person; });
    changed(room);
}

// ---- what holds for all in a room ----

void Rooms::changed(Room& room) {
    const auto now = world_.now();
    room.electHost(now - settings_.seatGrace);
    for (auto& member : room.members)
        if (!member.who.peer.empty() && member.seatsTold != member.who.seats) {
            member.seatsTold = member.who.seats;
            world_.toWorker(room.worker, SeatPeer{room.id(), member.who.peer, member.who.seats});
        }
    noteEmptiness(room);
    stopRewinding(room);
    room.qualityNews = false;
    tellAll(room, room.describe());
    remember(room);
    if (room.facts.listed && onListChanged) onListChanged();
}

void Rooms::noteEmptiness(Room& room) {
    if (!room.isEmpty())
        room.emptySince.reset();
    else if (!room.emptySince)
        room.emptySince = world_.now();
}

void Rooms::remember(const Room& room) {
    if (room.state != Room::State::Closing)
        world_.toWorker(room.worker, KeepRecord{room.id(), room.record()});
}

void Rooms::tellAll(const Room& room, const ToBrowser& message) {
    for (const auto& member : room.members)
        if (member.joined) world_.toBrowser(member.browser, message);
}

void Rooms::failAll(Room& room, const Trouble& trouble) {
    for (const auto& member : std::exchange(room.members, {})) {
        whereabouts_.erase(member.browser);
        world_.toBrowser(member.browser, Failed{trouble});
    }
}

// The worker answers with RoomClosed; until then nobody gets in.
void Rooms::close(Room& room) {
    room.state = Room::State::Closing;
    room.since = world_.now();
    world_.toWorker(room.worker, CloseRoom{room.id()});
    if (room.facts.listed && onListChanged) onListChanged();
}

void Rooms::end(const std::string& id, const std::string& message) {
    const auto found = rooms_.find(id);
    if (found == rooms_.end() || found->second.state == Room::State::Closing) return;
    for (const auto& member : std::exchange(found->second.members, {})) {
        whereabouts_.erase(member.browser);
        world_.toBrowser(member.browser, Ended{message});
    }
    close(found->second);
}

void Rooms::say(const std::string& id, const std::string& text) {
    if (const auto found = rooms_.find(id); found != rooms_.end()) tellAll(found->second, Notice{text});
}

// ---- time ----

void Rooms::tick() {
    const auto now = world_.now();
    for (auto it = rooms_.begin(); it != rooms_.end();) {
        auto& room = it->second;
        lookAfter(room, now);
        // One that is over is remembered for a while, so that a worker that comes back is told.
        const bool isLost = room.worker == 0 && room.state == Room::State::Closing &&
                            now - room.since >= settings_.workerGrace;
        it = isLost ? erase(it) : std::next(it);
    }
    if (now - started_ < settings_.recovery) return;
    for (const auto& late : std::exchange(waiting_, {})) join(late.visitor, late.wish);
}

void Rooms::lookAfter(Room& room, Time now) {
    if (room.state == Room::State::Closing) return;
    if (room.worker && room.state == Room::State::Opening && now - room.since >= settings_.startLimit) {
        failAll(room, startTimedOut());
        return close(room);
    }
    if (room.emptySince && now - *room.emptySince >= settings_.grace) return close(room);
    lookAfterErrands(room, now);
    if (room.worker == 0)
        lookAfterLost(room, now);
    else if (room.handingOver)
        lookAfterHandOver(room, now);
    if (room.state == Room::State::Closing) return;
    const auto hostBefore = room.facts.host;
    room.electHost(now - settings_.seatGrace);
    const auto left = std::erase_if(room.members, [&](const Member& m) {
        return !m.isConnected() && !room.isEmpty() && now - m.awaySince >= settings_.grace;
    });
    if (left || room.facts.host != hostBefore)
        changed(room);
    else if (std::exchange(room.qualityNews, false))
        tellAll(room, room.describe());
}

void Rooms::takePhotos(bool all) {
    for (const auto& [id, room] : rooms_)
        if (room.state == Room::State::Open && (all || room.facts.listed))
            world_.toWorker(room.worker, TakePicture{id});
}

int Rooms::emptyOn(WorkerId worker) const {
    return int(std::ranges::count_if(rooms_, [&](const auto& entry) {
        const auto& room = entry.second;
        return room.worker == worker && room.emptySince && room.state != Room::State::Closing;
    }));
}

void Rooms::makeWayOn(WorkerId worker) {
    Room* longest = nullptr;
    for (auto& [id, room] : rooms_)
        if (room.worker == worker && room.emptySince && room.state != Room::State::Closing &&
            (!longest || *room.emptySince < *longest->emptySince))
            longest = &room;
    if (longest) close(*longest);
}

// ---- who and where ----

Rooms::Speaker Rooms::speaker(BrowserId browser) {
    const auto found = whereabouts_.find(browser);
    if (found == whereabouts_.end()) return {};
    auto& room = rooms_.at(found->second);
    return {&room, room.memberOf(browser)};
}

Room* Rooms::find(WorkerId worker, const std::string& id) {
    const auto found = rooms_.find(id);
    return found != rooms_.end() && found->second.worker == worker ? &found->second : nullptr;
}

}
