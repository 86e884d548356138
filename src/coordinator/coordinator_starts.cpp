// Where games start, and with which files: a start waits until those that a worker elsewhere needs are
// hashed.
#include "coordinator/coordinator.hpp"
#include "coordinator/troubles.hpp"

#include <algorithm>
#include <utility>

namespace cloudretro::coordinator {

using namespace protocol;

void Coordinator::start(const Visitor& visitor, const Start& wish) {
    const auto from = visitor.browser;
    starting_.erase(from);
    const auto game = library_.games().find(wish.game);
    if (game == library_.games().end()) return tell(from, Failed{unknownGame(wish.game)});
    const auto& found = game->second;
    rooms_.leave(from); // the room it leaves may make way for this one
    auto prepared = prepare(found, *catalogue_.byId(found.game.system), wish);
    if (const auto* trouble = std::get_if<Trouble>(&prepared)) return tell(from, Failed{*trouble});
    if (auto* opening = std::get_if<Opening>(&prepared))
        rooms_.start(visitor, describe(found, workers()), std::move(*opening), wish);
    else
        starting_[from] = wish;
}

Coordinator::Prepared Coordinator::prepare(const LibraryGame& game, const System& system, const Start& wish) {
    const auto facts = workers();
    const auto choice = choose(facts, system, wish);
    if (const auto* trouble = std::get_if<Trouble>(&choice)) return *trouble;
    const auto& [worker, core, why] = std::get<Choice>(choice);
    const auto& chosen = *std::ranges::find(facts, worker, &WorkerFacts::id);
    Opening opening{{worker, why, chosen.status.capacity < 1}, {}};
    auto& order = opening.order;
    if (!chosen.sharesGames) {
        auto needs = gameFiles_.needs(game.file, core->name);
        if (!needs) return Hashing{};
        if (needs->files.empty()) return unreadableGame(game.game.name);
        order.files = std::move(needs->files);
        order.firmware = std::move(needs->firmware);
    }
    order.system = game.game.system;
    order.name = game.game.name;
    order.file = game.file;
    order.core = core->name;
    order.options = core->options;
    if (const auto ahead = config_.runAhead.find(game.game.id); ahead != config_.runAhead.end())
        order.runAhead = ahead->second;
    return opening;
}

// Where its player would have it, as far as that is there; with the core that its states are of.
std::optional<Opening> Coordinator::findPlace(const Room& room) {
    const auto game = library_.games().find(room.facts.game.id);
    if (game == library_.games().end()) return std::nullopt;
    auto system = *catalogue_.byId(game->second.game.system);
    if (const auto& name = room.facts.core; !name.empty()) // an older worker's record has none
        std::erase_if(system.cores, [&](const Core& core) { return core.name != name; });
    auto wish = room.facts.wish;
    wish.worker.clear();
    for (const auto& region : {wish.region, std::string()}) {
        wish.region = region;
        auto prepared = prepare(game->second, system, wish);
        if (auto* opening = std::get_if<Opening>(&prepared)) return std::move(*opening);
    }
    return std::nullopt;
}

// Whoever waits for other files still goes on waiting.
void Coordinator::startHashed() {
    for (const auto& [id, wish] : std::exchange(starting_, {}))
        if (const auto browser = browsers_.find(id); browser != browsers_.end())
            start(browser->second->visitor(), wish);
}

// A worker fetches them, and this process knows nothing of it: it started anew.
void Coordinator::offerAgain(const Game& game) {
    const auto found = library_.games().find(game.id);
    if (found == library_.games().end()) return;
    for (const auto& core : catalogue_.byId(found->second.game.system)->cores)
        gameFiles_.needs(found->second.file, core.name);
}

}
