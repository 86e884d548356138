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
    std::string build;        // as in Register

    int room() const { return status.draining ? 0 : status.capacity + emptyRooms; } // for new games
    bool has(const Core& core) const;
};

struct Choice {
    WorkerId worker = 0;
    const Core* core = nullptr; // of the system
    std::string why;            // for whoever runs the server
};

// The worker for `wish.game` among those that have a core of `system`, with its most preferred core there.
// - Only in the region, or on the worker (by its key or name), that the wish names.
// - No full or draining worker; none whose last places are those of waiting rooms while another has free
// ones.
// - The nearest to the player, but a busy one counts as farther away, up to 20 ms when it is full; never one
//   that is more than 20 ms farther than the nearest.
// - Of those that are no more than 3 ms farther than the best, the least loaded.
// What the player did not measure is estimated: the way to us and on to the worker.
std::variant<Choice, protocol::Trouble> choose(
    const std::vector<WorkerFacts>& workers, const System& system, const protocol::Start& wish);

// Some worker has a core for it, busy or not.
bool isPlayable(const std::vector<WorkerFacts>& workers, const System& system);

}
