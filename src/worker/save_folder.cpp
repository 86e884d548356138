#include "worker/save_folder.hpp"

#include "base/background.hpp"
#include "base/compression.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "worker/tar.hpp"

#include <set>
#include <system_error>
#include <utility>

namespace cloudretro::worker {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto lookEvery = 1s; // and what has not changed from one look to the next has come to rest

// Names, sizes and times of all files.
std::string lookOf(const fs::path& dir) {
    std::set<std::string> lines;
    std::error_code error;
    auto at = fs::recursive_directory_iterator(dir, error);
    for (; !error && at != fs::recursive_directory_iterator() && lines.size() <= maxTarFiles;
         at.increment(error)) {
        std::error_code gone;
        if (!fs::is_regular_file(at->symlink_status(gone))) continue;
        lines.insert(at->path().string() + "\n" + std::to_string(at->file_size(gone)) + " " +
                     std::to_string(at->last_write_time(gone).time_since_epoch().count()));
    }
    std::string all;
    for (const auto& line : lines) all += line + "\n";
    return all;
}

protocol::SavedBytes packInto(const fs::path& dir, const fs::path& file) {
    const auto tar = packFolder(dir);
    if (!tar) {
        base::logWarning("The folder of the core's own saves is too large, or cannot be read.", dir.string());
        return {};
    }
    if (!base::writeWhole(file, base::compress(*tar)).empty()) return {};
    return {"", double(tar->size()), file};
}

}

SaveFolder::SaveFolder(fs::path dir, fs::path keepDir, bool fresh)
    : dir_(std::move(dir)),
      keepDir_(std::move(keepDir)),
      seen_(lookOf(dir_)),
      packed_(fresh ? "" : seen_),
      looks_(base::Loop::every(lookEvery, [this] { look(); })) {}

void SaveFolder::look() {
    auto now = lookOf(dir_);
    const bool rests = now == seen_;
    seen_ = std::move(now);
    if (rests && seen_ != packed_ && !packing_) pack(seen_);
}

void SaveFolder::finish(std::function<void()> done) {
    looks_ = {};
    finished_ = std::move(done);
    if (packing_) return;
    seen_ = lookOf(dir_);
    if (seen_ != packed_) return pack(seen_);
    if (auto call = std::exchange(finished_, nullptr)) call();
}

void SaveFolder::pack(const std::string& state) {
    packing_ = true;
    const auto file = keepDir_ / ("files-" + std::to_string(++number_) + ".zst");
    base::inBackground([dir = dir_, file] { return packInto(dir, file); },
        [this, state, alive = std::weak_ptr(alive_)](const protocol::SavedBytes& archive) {
            if (!alive.expired()) packed(state, archive);
        });
}

void SaveFolder::packed(const std::string& state, const protocol::SavedBytes& archive) {
    packing_ = false;
    packed_ = state; // also when it failed: until the next change it would fail again
    if (!archive.file.empty()) onPacked(archive);
    if (auto done = std::exchange(finished_, nullptr)) finish(std::move(done));
}

}
