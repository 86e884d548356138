#pragma once
// What a worker keeps on disk for as long as it is needed: a folder of its own, since several may share a
// data folder.
#include "base/fd.hpp"

#include <filesystem>
#include <string>

namespace cloudretro::worker {

// Lives on the loop.
//   rooms/<id>/lock      held as long as this worker lives, however it ends
//   rooms/<id>/outbox    saves on their way to the coordinator (Outbox)
//   rooms/<id>/<room>    of one room, gone with it
class WorkerFolder {
public:
    // Takes over the outboxes of workers that are gone, and removes what else they left. Throws Failure
    // "config".
    WorkerFolder(const std::filesystem::path& dataDir, const std::string& id);
    WorkerFolder(const WorkerFolder&) = delete;
    ~WorkerFolder(); // removes it all, unless something was not sent

    std::filesystem::path outbox() const;
    std::filesystem::path makeRoom(const std::string& room) const; // throws Failure; and this within:
    std::filesystem::path loadsOf(const std::string& room) const { return dir_ / room / "loads"; }
    void removeRoom(const std::string& room) const;

private:
    void takeOver(const std::filesystem::path& other) const;

    std::filesystem::path dir_;
    base::Fd lock_;
};

}
