#include "coordinator/game_files.hpp"

#include "base/log.hpp"
#include "base/secret.hpp"
#include "coordinator/access.hpp"
#include "coordinator/companions.hpp"

#include <algorithm>
#include <string_view>

namespace cloudretro::coordinator {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view folder = "/worker/files/";

}

GameFiles::GameFiles(std::string systemDir, std::string infoDir, std::string token)
    : systemDir_(std::move(systemDir)),
      infoDir_(std::move(infoDir)),
      token_(std::move(token)) {}

std::optional<GameFiles::Needs> GameFiles::needs(const std::string& game, const std::string& core) {
    auto files = describe(filesOf(game));
    auto firmware = describe(firmwareOf(systemDir_, infoDir_ / (core + "_libretro.info")));
    if (!files || !firmware) return std::nullopt;
    if (!files->empty() && files->front().name != fs::path(game).filename()) files->clear();
    return Needs{std::move(*files), std::move(*firmware)};
}

// All are queued before the first one that is not hashed yet ends it.
std::optional<std::vector<protocol::GameFile>> GameFiles::describe(const std::vector<fs::path>& files) {
    std::vector<protocol::GameFile> described;
    bool complete = true;
    for (const auto& file : files) {
        const auto* known = look(file);
        complete = complete && known;
        if (known && !known->hash.empty())
            described.push_back({file.filename(), known->hash, double(known->stamp.size)});
    }
    if (!complete) return std::nullopt;
    return described;
}

// A file that is gone has the stamp of nothing.
GameFiles::Stamp GameFiles::stampOf(const fs::path& path) {
    std::error_code error;
    Stamp stamp{fs::last_write_time(path, error), fs::file_size(path, error)};
    return error ? Stamp{} : stamp;
}

const GameFiles::Known* GameFiles::look(const std::string& path) {
    const auto found = known_.find(path);
    if (found != known_.end() && found->second.stamp == stampOf(path)) return &found->second;
    if (std::ranges::find(queue_, path) == queue_.end()) queue_.push_back(path);
    hashNext();
    return nullptr;
}

void GameFiles::hashNext() {
    if (hashing_ || queue_.empty()) return;
    const auto path = queue_.front();
    hashing_ = std::make_unique<base::FileHasher>(
        path, [this, path, stamp = stampOf(path)](const auto& sum) { hashed(path, stamp, sum); });
}

// An empty file cannot be sent, and no core misses it. One that was written to meanwhile has another stamp
// than the one that is kept, and is hashed again when somebody asks.
void GameFiles::hashed(const std::string& path, const Stamp& stamp, const std::optional<base::Sha256>& sum) {
    const bool good = sum && sum->size() > 0;
    if (!sum) base::logWarning("The file cannot be read: workers elsewhere do not get it.", path);
    known_[path] = {stamp, good ? sum->hex() : ""};
    if (good) offered_[known_[path].hash] = path;
    queue_.pop_front();
    hashing_.reset();
    hashNext();
    if (onHashed) onHashed();
}

std::optional<HttpAnswer> GameFiles::answer(const HttpRequest& request) const {
    if (!request.path.starts_with(folder)) return std::nullopt;
    if (!base::equalSecrets(bearerOf(request.header("Authorization")), token_))
        return textAnswer(401, "text/plain", "Only workers that know the secret get files.\n");
    const auto hash = request.path.substr(folder.size());
    if (const auto file = offered_.find(hash); file != offered_.end()) {
        const auto& [path, known] = *known_.find(file->second);
        if (known.hash == hash && known.stamp == stampOf(path))
            if (auto answer = fileAnswer(path, "application/octet-stream", "\"" + hash + "\"")) return answer;
    }
    return textAnswer(404, "text/plain", "There is no such file, or it has changed.\n");
}

}
