#include "coordinator/room.hpp"

#include <algorithm>
#include <utility>

namespace cloudretro::coordinator {
namespace {

constexpr int maxPads = 8; // of one browser

template <class Predicate> Member* findMember(std::vector<Member>& members, Predicate is) {
    const auto found = std::ranges::find_if(members, is);
    return found == members.end() ? nullptr : &*found;
}

}

bool Member::plays() const {
    return std::ranges::any_of(who.seats, [](int seat) { return seat >= 0; });
}

Member* Room::memberOf(BrowserId browser) {
    return findMember(members, [&](const Member& m) { return browser != 0 && m.browser == browser; });
}

Member* Room::memberWith(const std::string& peer) {
    return findMember(members, [&](const Member& m) { return !peer.empty() && m.who.peer == peer; });
}

Member* Room::person(const std::string& id) {
    return findMember(members, [&](const Member& m) { return m.who.id == id; });
}

Member* Room::returning(const Visitor& visitor) {
    const auto isSame = [&](const Member& m) { return m.who.player == visitor.player; };
    auto* page = findMember(members,
        [&](const Member& m) { return isSame(m) && !visitor.tab.empty() && m.who.tab == visitor.tab; });
    return page ? page : findMember(members, [&](const Member& m) { return isSame(m) && m.isAway(); });
}

bool Room::isBanned(const std::string& player) const {
    return std::ranges::find(facts.banned, player) != facts.banned.end();
}

bool Room::isAnybodyHere() const {
    return std::ranges::any_of(members, [](const Member& m) { return !m.isAway(); });
}

bool Room::isEmpty() const {
    if (worker == 0) return !isAnybodyHere();
    return std::ranges::none_of(members, [](const Member& m) { return m.isConnected(); });
}

// ---- seats ----

Member* Room::holderOf(int seat) {
    return findMember(
        members, [&](const Member& m) { return std::ranges::find(m.who.seats, seat) != m.who.seats.end(); });
}

int Room::freeSeat() const {
    for (int seat = 0; seat < facts.game.seats; ++seat)
        if (!const_cast<Room*>(this)->holderOf(seat)) return seat;
    return -1;
}

void Room::putDown(Member& holder, int seat) { std::ranges::replace(holder.who.seats, seat, -1); }

bool Room::rules(const Member& by, const Member* holder) const {
    return isHost(by) || !holder || holder == &by;
}

bool Room::take(Member& by, int seat, int pad) {
    if (seat < 0) seat = freeSeat();
    if (!isSeat(seat) || pad < 0 || pad >= maxPads || holderOf(seat)) return false;
    if (int(by.who.seats.size()) <= pad) by.who.seats.resize(std::size_t(pad) + 1, -1);
    by.who.seats[std::size_t(pad)] = seat;
    return true;
}

bool Room::vacate(const Member& by, int seat) {
    auto* holder = isSeat(seat) ? holderOf(seat) : nullptr;
    if (!holder || !rules(by, holder)) return false;
    putDown(*holder, seat);
    return true;
}

bool Room::give(const Member& by, int seat, const std::string& to) {
    auto* holder = isSeat(seat) ? holderOf(seat) : nullptr;
    auto* receiver = person(to);
    if (!receiver || receiver == holder || !rules(by, holder)) return false;
    if (receiver->who.seats.empty()) receiver->who.seats = {-1};
    const int inReturn = std::exchange(receiver->who.seats.front(), seat);
    if (holder) std::ranges::replace(holder->who.seats, seat, inReturn);
    return true;
}

bool Room::swap(const Member& by, int one, int other) {
    if (!isSeat(one) || !isSeat(other) || one == other) return false;
    auto *first = holderOf(one), *second = holderOf(other);
    if (!rules(by, first) || !rules(by, second)) return false;
    for (auto& member : members)
        for (auto& seat : member.who.seats)
            if (seat == one || seat == other) seat = seat == one ? other : one;
    return first || second;
}

void Room::seat(Member& newcomer, Time then) {
    if (take(newcomer, -1, 0)) return;
    for (auto& member : members)
        for (const int seat : member.who.seats)
            if (seat >= 0 && member.isAway() && member.awaySince < then) {
                putDown(member, seat);
                take(newcomer, seat, 0);
                return;
            }
}

// ---- who rules ----

void Room::electHost(Time then) {
    const auto* host = person(facts.host);
    if (host && !(host->isAway() && host->awaySince < then)) return;
    const auto present = std::ranges::find_if(members, [](const Member& m) { return !m.isAway(); });
    if (present != members.end())
        facts.host = present->who.id;
    else if (!host && !members.empty())
        facts.host = members.front().who.id;
}

// ---- for others ----

protocol::RoomChanged Room::describe() const {
    protocol::RoomChanged room{facts.host, facts.locked, facts.listed, facts.paused, facts.guestsSave, {}};
    for (const auto& m : members)
        room.people.push_back({m.who.id, m.who.name, m.who.seats, m.isAway(), m.quality});
    return room;
}

protocol::RoomRecord Room::record() const {
    auto record = facts;
    for (const auto& m : members) record.members.push_back(m.who);
    return record;
}

}
