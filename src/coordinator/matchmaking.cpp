#include "coordinator/matchmaking.hpp"

#include "coordinator/troubles.hpp"

#include <algorithm>

namespace cloudretro::coordinator {
namespace {

const Core* bestCore(const WorkerFacts& worker, const System& system) {
    for (const auto& core : system.cores)
        if (worker.has(core)) return &core;
    return nullptr;
}

}

bool WorkerFacts::has(const Core& core) const {
    return std::find(cores.begin(), cores.end(), core.name) != cores.end();
}

std::variant<Choice, protocol::Trouble> choose(
    const std::vector<WorkerFacts>& workers, const System& system) {
    if (workers.empty()) return noWorker();
    if (!isPlayable(workers, system)) return missingCore(system);
    const WorkerFacts* best = nullptr;
    for (const auto& worker : workers)
        if (bestCore(worker, system) && worker.room() > (best ? best->room() : 0)) best = &worker;
    if (!best) return noCapacity();
    return Choice{best->id, bestCore(*best, system)};
}

bool isPlayable(const std::vector<WorkerFacts>& workers, const System& system) {
    return std::any_of(
        workers.begin(), workers.end(), [&](const auto& worker) { return bestCore(worker, system); });
}

}
