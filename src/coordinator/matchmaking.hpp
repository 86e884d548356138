#pragma once
// Which worker, and which of its cores, a new room gets. Pure.
#include "cloudretro/protocol.hpp"
#include "coordinator/catalogue.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace cloudretro::coordinator {

using WorkerId = std::uint64_t;

// What a registered worker said of itself.
struct WorkerFacts {
    WorkerId id = 0;
    std::string name;
    std::vector<std::string> cores;
    protocol::Status status;
    int emptyRooms = 0; // games that wait for players to come back: they make way for a new one
    std::string key;    // of this run of the worker, for browsers
    protocol::Landmark landmark;
    double roundTrip = -1;    // ms from here; -1: not measured yet
    bool sharesGames = false; // as in Register

    int room() const { return status.draining ? 0 : status.capacity + emptyRooms; } // for new games
    bool has(const Core& core) const;
};

struct Choice {
    WorkerId worker = 0;
    const Core* core = nullptr; // of the system
};

// The worker with most capacity left among those that have a core of `system`; on it the most preferred core.
std::variant<Choice, protocol::Trouble> choose(const std::vector<WorkerFacts>& workers, const System& system);

// Some worker has a core for it, busy or not.
bool isPlayable(const std::vector<WorkerFacts>& workers, const System& system);

}
