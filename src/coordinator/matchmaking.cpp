#include "coordinator/matchmaking.hpp"

#include "coordinator/troubles.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <tuple>

namespace cloudretro::coordinator {
namespace {

using namespace protocol;

constexpr double farther = 20;     // ms that a player is sent on at most for a less busy worker
constexpr double unnoticed = 3;    // ms that nobody feels, and no measuring tells apart
constexpr double halfLoaded = 0.5; // from here on a worker counts as busy

struct Option {
    const WorkerFacts* worker;
    const Core* core;
    std::optional<double> measured; // ms from the player
    double distance;                // measured or estimated
    // Rooms that nobody is in make way, so they are no load.
    double load(int more = 0) const {
        const auto& status = worker->status;
        const int busy = std::max(0, status.rooms - worker->emptyRooms), free = worker->room();
        return double(busy + more) / std::max(1, busy + free);
    }
    // ms by which it counts as farther away.
    double penalty() const {
        return farther * std::pow(std::max(0.0, load() - halfLoaded) / (1 - halfLoaded), 2);
    }
};

const Core* bestCore(const WorkerFacts& worker, const System& system) {
    for (const auto& core : system.cores)
        if (worker.has(core)) return &core;
    return nullptr;
}

std::optional<double> tripTo(const std::string& key, const Start& wish) {
    const auto trip = std::ranges::find(wish.roundTrips, key, &RoundTrip::worker);
    if (trip == wish.roundTrips.end()) return std::nullopt;
    return std::clamp(trip->ms, 0, 10'000);
}

Option describe(const WorkerFacts& worker, const System& system, const Start& wish) {
    const auto measured = tripTo(worker.key, wish);
    const auto estimated = tripTo({}, wish).value_or(0) + std::max(0.0, worker.roundTrip);
    return {&worker, bestCore(worker, system), measured, measured.value_or(estimated)};
}

bool isWished(const WorkerFacts& worker, const Start& wish) {
    return (wish.region.empty() || worker.landmark.region == wish.region) &&
           (wish.worker.empty() || worker.key == wish.worker || worker.name == wish.worker);
}

// Those with free places; if there are none, those where a waiting room makes way.
std::vector<Option> withHeadroom(std::vector<Option> options) {
    std::erase_if(options, [](const Option& each) { return each.worker->room() < 1; });
    const auto isFree = [](const Option& each) { return each.worker->status.capacity > 0; };
    if (std::ranges::any_of(options, isFree)) std::erase_if(options, std::not_fn(isFree));
    return options;
}

// Best first. `options`: not empty.
std::vector<Option> ranked(std::vector<Option> options) {
    const auto nearest = std::ranges::min(options, {}, &Option::distance).distance;
    const auto score = [&](const Option& each) {
        return std::tuple(each.distance > nearest + farther, each.distance + each.penalty());
    };
    const auto best = std::ranges::min(options, {}, score).distance;
    const auto limit = std::min(best + unnoticed, nearest + farther);
    std::ranges::sort(options, {}, [&](const Option& each) {
        const bool isNear = each.distance <= limit;
        return std::tuple(
            !isNear, isNear ? std::tuple(false, each.load(1)) : score(each), each.distance, each.worker->id);
    });
    return options;
}

std::string words(const Option& option) {
    const auto& status = option.worker->status;
    return (option.measured ? "" : "about ") + std::to_string(std::lround(option.distance)) + " ms away, " +
           std::to_string(std::max(0, status.capacity)) + " of " +
           std::to_string(status.rooms + std::max(0, status.capacity)) + " rooms free";
}

std::string why(const std::vector<Option>& order, const Start& wish) {
    auto text = words(order.front());
    if (!wish.worker.empty() || !wish.region.empty())
        text += ", as the player wished (" + (wish.worker.empty() ? wish.region : wish.worker) + ")";
    return text + (order.size() > 1 ? "; next: " + order[1].worker->name + ", " + words(order[1])
                                    : "; the only one with room");
}

}

bool WorkerFacts::has(const Core& core) const {
    return std::find(cores.begin(), cores.end(), core.name) != cores.end();
}

std::variant<Choice, Trouble> choose(
    const std::vector<WorkerFacts>& workers, const System& system, const Start& wish) {
    if (workers.empty()) return noWorker();
    if (!isPlayable(workers, system)) return missingCore(system);
    std::vector<Option> options;
    for (const auto& worker : workers)
        if (isWished(worker, wish)) options.push_back(describe(worker, system, wish));
    if (options.empty()) return unknownPlace(wish.worker.empty() ? wish.region : wish.worker);
    std::erase_if(options, [](const Option& each) { return !each.core; });
    if (options.empty()) return missingCoreThere(system);
    options = withHeadroom(std::move(options));
    if (options.empty()) return noCapacity();
    const auto order = ranked(std::move(options));
    return Choice{order.front().worker->id, order.front().core, why(order, wish)};
}

bool isPlayable(const std::vector<WorkerFacts>& workers, const System& system) {
    return std::any_of(
        workers.begin(), workers.end(), [&](const auto& worker) { return bestCore(worker, system); });
}

}
