#pragma once
// Keeps the library as the folders are: scans them at the start and whenever something changes in them.
#include "base/loop.hpp"
#include "coordinator/library.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cloudretro::coordinator {

// Lives on the loop.
class LibraryWatch {
public:
    LibraryWatch(const Catalogue& catalogue, std::vector<std::filesystem::path> roots);

    const Games& games() const { return games_; }

    std::function<void()> onChanged; // other games than before

private:
    void rescan();
    void finish();
    void watchFolders();

    const Catalogue& catalogue_;
    const std::vector<std::filesystem::path> roots_;
    Games games_;
    std::unique_ptr<Scan> scan_;
    base::Watch next_; // the settling time, then each step of a scan
    std::vector<base::Ref<GFileMonitor>> monitors_;
    std::vector<base::Connection> signals_;
};

}
