// Games for workers that do not have their files: a start waits until these are hashed.
#include "coordinator/coordinator.hpp"
#include "coordinator/troubles.hpp"

#include <utility>

namespace cloudretro::coordinator {

using namespace protocol;

// False: not now, or not at all, and the player was told so.
bool Coordinator::addFiles(const Visitor& visitor, const Start& wish, const LibraryGame& game,
    const std::string& core, OpenRoom& order) {
    auto needs = gameFiles_.needs(game.file, core);
    if (!needs) {
        starting_[visitor.browser] = wish;
        return false;
    }
    if (needs->files.empty()) {
        tell(visitor.browser, Failed{unreadableGame(game.game.name)});
        return false;
    }
    order.files = std::move(needs->files);
    order.firmware = std::move(needs->firmware);
    return true;
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
