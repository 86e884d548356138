#pragma once
// What is told of rooms and workers, to everybody and to those who run the server. Pure.
#include "base/glib.hpp"
#include "coordinator/admin.hpp"
#include "coordinator/matchmaking.hpp"
#include "coordinator/metrics.hpp"
#include "coordinator/room.hpp"
#include "coordinator/tally.hpp"

#include <map>
#include <string>
#include <vector>

namespace cloudretro::coordinator {

using RoomsById = std::map<std::string, Room>;

// Those that everybody may see, as JSON.
std::string listedRooms(const RoomsById& rooms);

// A room's JPEG; empty: there is none, or only for those who may see rooms that are not listed.
base::Ref<GBytes> photo(const RoomsById& rooms, const std::string& id, bool unlisted);

AdminView adminView(const std::vector<WorkerFacts>& workers, const RoomsById& rooms, Time now);

Metrics metricsOf(
    const AdminView& view, const Tally& tally, std::size_t browsers, std::size_t games, RoomNumbers& numbers);

}
