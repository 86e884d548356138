#include "coordinator/views.hpp"

#include "base/json.hpp"

#include <algorithm>

namespace cloudretro::coordinator {
namespace {

using base::Json;

AdminPlayer viewOf(const Member& member, Time now) {
    AdminPlayer player;
    player.name = member.who.name;
    std::ranges::copy_if(
        member.who.seats, std::back_inserter(player.seats), [](int seat) { return seat >= 0; });
    player.away = member.isAway();
    if (const auto& quality = member.quality; quality.roundTrip >= 0) {
        player.roundTrip = quality.roundTrip;
        player.lost = quality.lost / 1000.0;
        player.bitrate = quality.bitrate * 1000.0;
    }
    std::vector<double> latencies;
    member.latency.addTo(latencies, now);
    player.latency = quantile(std::move(latencies), 0.5);
    return player;
}

// Changes with the picture, so that a page asks for each only once.
std::string pictureOf(const Room& room) {
    if (room.photo.empty()) return {};
    return "/api/admin/rooms/" + room.id() + "/photo?" + std::to_string(g_str_hash(room.photo.c_str()));
}

AdminRoom viewOf(const Room& room, Time now) {
    AdminRoom view;
    view.id = room.id();
    view.game = room.facts.game.name;
    view.system = room.facts.game.system;
    view.worker = room.worker ? std::to_string(room.worker) : "";
    std::vector<double> latencies;
    for (const auto& member : room.members) {
        member.latency.addTo(latencies, now);
        if (member.plays())
            view.players.push_back(viewOf(member, now));
        else
            view.observers += !member.isAway();
    }
    view.isPublic = room.facts.listed;
    view.locked = room.facts.locked;
    view.paused = room.facts.paused;
    view.age = std::chrono::duration<double>(now - room.opened).count();
    view.picture = pictureOf(room);
    view.why = room.facts.why;
    view.latency = quantile(latencies, 0.5);
    view.slowLatency = quantile(latencies, 0.95);
    return view;
}

AdminWorker viewOf(const WorkerFacts& facts) {
    AdminWorker view;
    view.id = std::to_string(facts.id);
    view.name = facts.name;
    view.region = facts.landmark.region;
    view.cpu = facts.status.cpu;
    view.memoryMiB = facts.status.memoryMiB;
    view.rooms = facts.status.rooms;
    view.capacity = facts.status.capacity;
    view.roundTrip = facts.roundTrip;
    view.draining = facts.status.draining;
    view.cores = facts.cores;
    view.version = facts.build;
    view.sandbox = facts.status.sandbox;
    return view;
}

}

std::string listedRooms(const RoomsById& rooms) {
    Json list = Json::array();
    for (const auto& [id, room] : rooms) {
        if (!room.facts.listed || room.state != Room::State::Open) continue;
        Json names = Json::array();
        for (const auto& member : room.members)
            if (!member.isAway() && member.plays()) names.push_back(member.who.name);
        const auto present = std::ranges::count_if(room.members, [](const Member& m) { return !m.isAway(); });
        list.push_back({{"id", id}, {"game", base::encodePart(room.facts.game)}, {"players", names},
            {"watching", present - std::ptrdiff_t(names.size())}, {"freeSeat", room.freeSeat() >= 0},
            {"locked", room.facts.locked}, {"photo", !room.photo.empty()}});
    }
    return base::dumpJson(list);
}

base::Ref<GBytes> photo(const RoomsById& rooms, const std::string& id, bool unlisted) {
    const auto found = rooms.find(id);
    if (found == rooms.end() || found->second.photo.empty()) return {};
    if (!found->second.facts.listed && !unlisted) return {};
    gsize size = 0;
    auto* bytes = g_base64_decode(found->second.photo.c_str(), &size);
    return base::Ref<GBytes>::adopt(g_bytes_new_take(bytes, size));
}

AdminView adminView(const std::vector<WorkerFacts>& workers, const RoomsById& rooms, Time now) {
    AdminView view;
    for (const auto& [id, room] : rooms)
        if (room.state != Room::State::Closing) view.rooms.push_back(viewOf(room, now));
    for (const auto& facts : workers) {
        auto& worker = view.workers.emplace_back(viewOf(facts));
        for (const auto& room : view.rooms)
            if (room.worker == worker.id) worker.players += int(room.players.size());
    }
    return view;
}

Metrics metricsOf(const AdminView& view, const Tally& tally, std::size_t browsers, std::size_t games,
    RoomNumbers& numbers) {
    Metrics metrics;
    metrics.version = CLOUDRETRO_VERSION;
    for (const auto& worker : view.workers)
        metrics.workers.push_back({worker.name, worker.region, worker.cpu, worker.memoryMiB, worker.rooms,
            worker.capacity, worker.roundTrip, worker.draining});
    for (const auto& room : view.rooms) {
        ++metrics.roomsBySystem[room.system];
        metrics.players += int(room.players.size());
        metrics.observers += room.observers;
    }
    metrics.browsers = int(browsers);
    metrics.games = int(games);
    metrics.failures = tally.failures();
    metrics.starts = tally.starts();
    metrics.inputs = tally.inputs();
    metrics.inputParts = tally.inputParts();
    std::vector<std::string> ids;
    for (const auto& room : view.rooms) ids.push_back(room.id);
    const auto& numberOf = numbers.number(ids);
    for (const auto& room : view.rooms)
        if (room.latency >= 0)
            metrics.rooms.push_back({numberOf.at(room.id), room.system, room.latency, room.slowLatency});
    return metrics;
}

}
