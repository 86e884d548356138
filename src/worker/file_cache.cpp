#include "worker/file_cache.hpp"

#include "base/failure.hpp"
#include "base/log.hpp"
#include "worker/folders.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>

namespace cloudretro::worker {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view partial = ".part";

base::Failure unusable(const std::string& cause) {
    return {"no-cache", "The machine that runs the game cannot keep its files: " + cause + ".",
        "Whoever runs this server has to look at the data folder of that worker."};
}

std::string nameOf(const fs::path& dir) { return "The folder for fetched games, " + dir.string() + ","; }

// Held until the process ends, however it ends.
base::Fd lock(const fs::path& file) {
    base::Fd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!fd || ::flock(fd.get(), LOCK_EX | LOCK_NB) != 0)
        throw base::Failure("config",
            "Another worker keeps its fetched games in " + file.parent_path().string() + ".",
            "Give each worker on this machine a --data-dir of its own.");
    return fd;
}

}

std::optional<std::vector<std::string>> toRemove(
    std::vector<CachedFile> files, std::uintmax_t needed, std::uintmax_t limit) {
    std::uintmax_t total = needed;
    for (const auto& file : files) total += file.size;
    std::ranges::sort(files, {}, &CachedFile::used);
    std::vector<std::string> names;
    for (const auto& file : files) {
        if (total <= limit) break;
        if (file.inUse) continue;
        total -= file.size;
        names.push_back(file.name);
    }
    return total <= limit ? std::optional(std::move(names)) : std::nullopt;
}

FileCache::FileCache(const fs::path& dir, std::uintmax_t limit)
    : files_(dir / "files"),
      rooms_(dir / "rooms"),
      limit_(limit) {
    makeFolder(files_, nameOf(files_));
    lock_ = lock(dir / "lock");
    std::error_code ignored;
    fs::remove_all(rooms_, ignored); // of rooms that ended with the process before us
    makeFolder(rooms_, nameOf(rooms_));
}

bool FileCache::has(const protocol::GameFile& file) const {
    std::error_code error;
    const auto size = fs::file_size(fileOf(file.hash), error);
    return !error && double(size) == file.size;
}

fs::path FileCache::partOf(const std::string& hash) const { return files_ / (hash + std::string(partial)); }

std::uintmax_t FileCache::sizeOfPart(const std::string& hash) const {
    std::error_code error;
    const auto size = fs::file_size(partOf(hash), error);
    return error ? 0 : size;
}

// Read-only: a core that writes into its game would change that of all rooms.
void FileCache::adopt(const std::string& hash) {
    std::error_code error;
    fs::permissions(partOf(hash), fs::perms::owner_read, error);
    if (!error) fs::rename(partOf(hash), fileOf(hash), error);
    if (error) throw unusable(error.message());
}

std::vector<CachedFile> FileCache::list(const std::set<std::string>& coming) const {
    std::vector<CachedFile> all;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(files_, error)) {
        CachedFile file{entry.path().filename(), entry.file_size(error), entry.last_write_time(error), false};
        const auto hash =
            file.name.substr(0, file.name.size() - (file.name.ends_with(partial) ? partial.size() : 0));
        file.inUse = entry.hard_link_count(error) > 1 || coming.contains(hash);
        if (!error) all.push_back(std::move(file));
    }
    return all;
}

void FileCache::makeWay(std::uintmax_t needed, const std::set<std::string>& coming) const {
    const auto old = toRemove(list(coming), needed, limit_);
    if (!old)
        throw base::Failure("cache-full", "The machine that runs the game has no space left for its files.",
            "Try again when other games have ended, or have the worker started with a larger --cache-size.");
    std::error_code error;
    for (const auto& name : *old) {
        fs::remove(files_ / name, error);
        base::logInfo("Removed from the cache, to make way for another game.", name);
    }
    const auto space = fs::space(files_, error);
    if (!error && space.available < needed)
        throw base::Failure("no-space", "The disk of the machine that runs the game is full.",
            "Whoever runs this server has to free some space on that worker.");
}

fs::path FileCache::folderOf(const std::string& room, Folder folder) const {
    return rooms_ / room / (folder == Folder::Game ? "game" : "system");
}

void FileCache::link(const protocol::GameFile& file, const std::string& room, Folder folder) const {
    const auto dir = folderOf(room, folder);
    std::error_code error;
    fs::create_directories(dir, error);
    if (!error) fs::create_hard_link(fileOf(file.hash), dir / file.name, error);
    if (!error) fs::last_write_time(fileOf(file.hash), fs::file_time_type::clock::now(), error);
    if (error) throw unusable(error.message());
}

void FileCache::release(const std::string& room) const {
    std::error_code ignored;
    fs::remove_all(rooms_ / room, ignored);
}

}
