#include "coordinator/library_watch.hpp"

#include "base/log.hpp"

namespace cloudretro::coordinator {
namespace {

using namespace std::chrono_literals;

constexpr auto settlingTime = 400ms;      // of a folder into which something is being copied
constexpr std::size_t mostWatched = 2000; // of the user's 8192 or more inotify watches

}

LibraryWatch::LibraryWatch(const Catalogue& catalogue, std::vector<std::filesystem::path> roots)
    : catalogue_(catalogue),
      roots_(std::move(roots)) {
    scan_ = std::make_unique<Scan>(catalogue_, roots_);
    while (!scan_->step()) {}
    finish();
}

// One folder a turn of the loop.
void LibraryWatch::rescan() {
    scan_ = std::make_unique<Scan>(catalogue_, roots_);
    next_ = base::Loop::every(0ms, [this] {
        if (scan_->step()) finish();
    });
}

void LibraryWatch::finish() {
    next_ = {};
    auto games = scan_->takeGames();
    const bool changed = games != games_;
    games_ = std::move(games);
    watchFolders();
    scan_.reset();
    if (changed && onChanged) onChanged();
}

void LibraryWatch::watchFolders() {
    signals_.clear();
    monitors_.clear();
    for (const auto& folder : scan_->folders()) {
        if (monitors_.size() == mostWatched) {
            base::logWarning(
                "The library has very many folders; changes in some are seen only after a restart.");
            break;
        }
        const auto file = base::Ref<GFile>::adopt(g_file_new_for_path(folder.c_str()));
        auto monitor = base::Ref<GFileMonitor>::adopt(
            g_file_monitor_directory(file.get(), G_FILE_MONITOR_WATCH_MOVES, nullptr, nullptr));
        if (!monitor) continue;
        signals_.push_back(base::connect<GFile*, GFile*, int>(monitor.get(), "changed",
            [this](GFile*, GFile*, int) { next_ = base::Loop::after(settlingTime, [this] { rescan(); }); }));
        monitors_.push_back(std::move(monitor));
    }
}

}
