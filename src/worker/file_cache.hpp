#pragma once
// The files that were fetched from the coordinator, by what they hold, and a folder of them for each room.
#include "base/fd.hpp"
#include "cloudretro/protocol.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cloudretro::worker {

struct CachedFile {
    std::string name; // the hash, with ".part" behind it when it is not complete
    std::uintmax_t size = 0;
    std::filesystem::file_time_type used{}; // last
    bool inUse = false;                     // by a room, or on its way
};

// What to remove so that `needed` more bytes stay within `limit`, least recently used first. nullopt: what is
// in use leaves too little. Pure.
std::optional<std::vector<std::string>> toRemove(
    std::vector<CachedFile> files, std::uintmax_t needed, std::uintmax_t limit);

// Lives on the loop. One process at a time has a cache.
//   files/<hash>, files/<hash>.part    what rooms use is linked once more: that is how it is known
//   rooms/<room>/game/<name>, rooms/<room>/system/<name>    links, gone with the room
class FileCache {
public:
    // Throws Failure "config": the folder cannot be made, or another worker uses it.
    FileCache(const std::filesystem::path& dir, std::uintmax_t limit);

    bool has(const protocol::GameFile& file) const;
    std::filesystem::path partOf(const std::string& hash) const;
    std::uintmax_t sizeOfPart(const std::string& hash) const;
    // Takes over what partOf() holds, which is `hash`. Throws Failure.
    void adopt(const std::string& hash);

    // Removes old files until `needed` more bytes fit, but none of `coming`. Throws Failure when they cannot.
    void makeWay(std::uintmax_t needed, const std::set<std::string>& coming) const;

    // Gives `room` the file under its name, in a `folder` of its own. Throws Failure.
    enum class Folder { Game, System };
    void link(const protocol::GameFile& file, const std::string& room, Folder folder) const;
    std::filesystem::path folderOf(const std::string& room, Folder folder) const;
    void release(const std::string& room) const;

private:
    std::filesystem::path fileOf(const std::string& hash) const { return files_ / hash; }
    std::vector<CachedFile> list(const std::set<std::string>& coming) const;

    const std::filesystem::path files_, rooms_;
    const std::uintmax_t limit_;
    base::Fd lock_;
};

}
