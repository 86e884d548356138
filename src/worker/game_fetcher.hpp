#pragma once
// Brings the files that rooms need from the coordinator to this machine.
#include "base/config.hpp"
#include "worker/download.hpp"
#include "worker/file_cache.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace cloudretro::worker {

// Names and hashes as they may become names of files here. Pure.
bool isSaneList(const std::vector<protocol::GameFile>& files);

// Lives on the loop.
class GameFetcher {
public:
    // Where a room finds its files.
    struct Place {
        std::filesystem::path gameDir;   // under the names of OpenRoom::files
        std::filesystem::path systemDir; // empty: no firmware came
    };
    using Result = std::variant<Place, protocol::Trouble>;

    // Throws Failure "config".
    GameFetcher(const base::Config& config, const std::string& workerUrl, std::string token);

    // `onResult` comes once, at once when all is here already, and never after release().
    void fetch(const protocol::OpenRoom& order, std::function<void(Result)> onResult);
    // The room is gone: stops what it waits for, and frees what it used.
    void release(const std::string& room);

    std::function<void(const protocol::FilesComing&)> onProgress; // at most four times a second for a room

private:
    struct Wanted {
        protocol::GameFile file;
        FileCache::Folder folder;
        std::shared_ptr<Download> download; // empty: it is here; rooms that want the same share it
    };
    struct Waiting {
        std::vector<Wanted> files;
        std::function<void(Result)> onResult;
        double told = -1; // bytes, last
    };

    Waiting prepare(const protocol::OpenRoom& order);
    void makeWayFor(const std::vector<Wanted>& files) const;
    void start(Wanted& wanted);
    void arrived(const std::string& hash, const std::optional<protocol::Trouble>& trouble);
    void settle(
        const std::string& room, const std::string& hash, const std::optional<protocol::Trouble>& trouble);
    void finish(const std::string& room, Result result);
    void finishIfComplete(const std::string& room);
    void tellProgress();
    void tell(const std::string& room, Waiting& waiting) const;

    FileCache cache_;
    const FileSource source_;
    std::map<std::string, std::weak_ptr<Download>> downloads_; // by hash
    std::map<std::string, Waiting> waiting_;                   // by room
    base::Watch telling_;
};

}
