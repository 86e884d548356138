#include "worker/worker_folder.hpp"

#include "base/failure.hpp"
#include "base/log.hpp"
#include "worker/folders.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <system_error>

namespace cloudretro::worker {
namespace {

namespace fs = std::filesystem;

constexpr auto outboxName = "outbox", lockName = "lock";

// Empty: another process holds it, or has removed it meanwhile.
base::Fd lock(const fs::path& dir) {
    base::Fd fd(::open((dir / lockName).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    struct stat facts {};
    if (!fd || ::flock(fd.get(), LOCK_EX | LOCK_NB) != 0 || ::fstat(fd.get(), &facts) != 0 || !facts.st_nlink)
        return {};
    return fd;
}

std::string nameOf(const fs::path& dir) { return "The folder " + dir.string(); }

}

WorkerFolder::WorkerFolder(const fs::path& dataDir, const std::string& id) : dir_(dataDir / "rooms" / id) {
    makeFolder(dir_, nameOf(dir_));
    lock_ = lock(dir_);
    if (!lock_)
        throw base::Failure("config", "The folder " + dir_.string() + " cannot be locked.",
            "Put the data folder (--data-dir) on a disk that has file locks.");
    makeFolder(outbox(), nameOf(outbox()));
    fs::permissions(dir_, fs::perms::owner_all);
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(dataDir / "rooms", error))
        if (entry.is_directory(error) && entry.path() != dir_) takeOver(entry.path());
}

WorkerFolder::~WorkerFolder() {
    std::error_code error;
    if (fs::is_empty(outbox(), error) && !error) fs::remove_all(dir_, error);
}

fs::path WorkerFolder::outbox() const { return dir_ / outboxName; }

fs::path WorkerFolder::makeRoom(const std::string& room) const {
    makeSaveFolder(loadsOf(room));
    return dir_ / room;
}

void WorkerFolder::removeRoom(const std::string& room) const {
    std::error_code ignored;
    fs::remove_all(dir_ / room, ignored);
}

// Its name in front keeps the order, and keeps them apart from ours.
void WorkerFolder::takeOver(const fs::path& other) const {
    const auto held = lock(other);
    if (!held) return;
    std::error_code error;
    const auto prefix = other.filename().string() + "-";
    for (const auto& entry : fs::directory_iterator(other / outboxName, error)) {
        fs::rename(entry.path(), outbox() / (prefix + entry.path().filename().string()), error);
        if (error)
            return base::logWarning("Saves that were not sent cannot be taken over: " + error.message());
    }
    fs::remove_all(other, error);
}

}
