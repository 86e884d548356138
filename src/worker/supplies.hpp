#pragma once
// Brings all that a room needs to this machine: the game, firmware, saves.
#include "base/config.hpp"
#include "worker/game_fetcher.hpp"
#include "worker/save_fetcher.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>

namespace cloudretro::worker {

// Lives on the loop.
class Supplies {
public:
    // Throws Failure "config".
    Supplies(const base::Config& config, const std::string& workerUrl, const std::string& token);

    // Fills in the files of `order`; saves come into its keepDir, and what was in the core's own folder is
    // there again. `done` comes once, perhaps at once, and never after release().
    using Result = std::variant<protocol::OpenRoom, protocol::Trouble>;
    void fetch(const protocol::OpenRoom& order, std::function<void(Result)> done);

    // A state for a room that runs, into `dir`.
    void fetchState(protocol::SavedBytes state, const std::filesystem::path& dir, SaveFetcher::Done done);

    // The room is gone: stops what it waits for, and frees what it used.
    void release(const std::string& room);

    std::function<void(const protocol::FilesComing&)> onProgress;

private:
    struct Coming {
        protocol::OpenRoom order;
        std::function<void(Result)> done;
        int missing = 1; // parts; one until all were asked for
    };

    void fetchSave(const std::string& room, protocol::SavedBytes protocol::OpenRoom::*member);
    void here(const std::string& room);
    void unpack(const std::string& room);
    void finish(const std::string& room, Result result);

    std::optional<GameFetcher> games_; // none: all games are here
    SaveFetcher saves_;
    std::map<std::string, Coming> coming_; // by room
};

}
