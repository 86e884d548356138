#pragma once
// What a worker elsewhere needs to run a game: which files, by their content, and the files themselves.
#include "base/sha256.hpp"
#include "cloudretro/protocol.hpp"
#include "coordinator/http.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cloudretro::coordinator {

// Lives on the loop.
class GameFiles {
public:
    struct Needs {
        std::vector<protocol::GameFile> files; // none: the game's file cannot be read
        std::vector<protocol::GameFile> firmware;
    };

    // Firmware is in `systemDir`, what cores say of themselves in `infoDir`; `token` is the workers' secret.
    GameFiles(std::string systemDir, std::string infoDir, std::string token);

    // For the game in the file `game`, run by `core`. nullopt: something has to be hashed first, and
    // `onHashed` tells when to ask again.
    std::optional<Needs> needs(const std::string& game, const std::string& core);
    std::function<void()> onHashed;

    // The answer to GET /worker/files/<SHA-256>: to workers only, and only what needs() was asked for since
    // this process started. nullopt: another path.
    std::optional<HttpAnswer> answer(const HttpRequest& request) const;

private:
    // By which a file that changed is known.
    struct Stamp {
        std::filesystem::file_time_type changed{};
        std::uintmax_t size = 0;
        bool operator==(const Stamp&) const = default;
    };
    struct Known {
        Stamp stamp;
        std::string hash; // empty: cannot be read
    };

    static Stamp stampOf(const std::filesystem::path& path);
    const Known* look(const std::string& path);
    std::optional<std::vector<protocol::GameFile>> describe(const std::vector<std::filesystem::path>& files);
    void hashNext();
    void hashed(const std::string& path, const Stamp& stamp, const std::optional<base::Sha256>& sum);

    const std::filesystem::path systemDir_, infoDir_;
    const std::string token_;
    std::map<std::string, Known> known_;         // by path
    std::map<std::string, std::string> offered_; // by hash: the path
    std::deque<std::string> queue_;              // to be hashed
    std::unique_ptr<base::FileHasher> hashing_;  // the first of them
};

}
