#include "worker/supplies.hpp"

#include "base/background.hpp"
#include "base/compression.hpp"
#include "base/files.hpp"
#include "worker/coordinator_link.hpp"
#include "worker/tar.hpp"

#include <utility>

namespace cloudretro::worker {
namespace {

using protocol::OpenRoom;
using protocol::SavedBytes;
using protocol::Trouble;

const Trouble badFiles{"bad-save", "The files that the game saved by itself are damaged in the store.",
    "Load an older version of them, or remove them, in the list of this game's saves."};

bool unpackSaved(const SavedBytes& saved, const std::filesystem::path& dir) {
    if (saved.size < 0 || saved.size > double(maxTarBytes)) return false;
    const auto tar = base::decompress(base::readAll(saved.file), std::size_t(saved.size));
    return tar && unpackFolder(*tar, dir);
}

}

Supplies::Supplies(const base::Config& config, const std::string& workerUrl, const std::string& token)
    : saves_(httpAddress(workerUrl), token) {
    if (config.sharedGames) return;
    games_.emplace(config, workerUrl, token);
    games_->onProgress = [this](const auto& news) { onProgress(news); };
}

void Supplies::fetch(const OpenRoom& order, std::function<void(Result)> done) {
    const auto room = order.room;
    coming_[room] = {order, std::move(done)};
    for (const auto member : {&OpenRoom::state, &OpenRoom::sram, &OpenRoom::saveFiles})
        fetchSave(room, member);
    if (games_ && coming_.contains(room)) {
        ++coming_.at(room).missing;
        games_->fetch(order, [this, room](GameFetcher::Result result) {
            if (auto* trouble = std::get_if<Trouble>(&result)) return finish(room, std::move(*trouble));
            const auto& place = std::get<GameFetcher::Place>(result);
            auto& complete = coming_.at(room).order;
            complete.file = place.gameDir / complete.files.front().name;
            if (!place.systemDir.empty()) complete.systemDir = place.systemDir;
            here(room);
        });
    }
    if (coming_.contains(room)) here(room);
}

// A game must not begin anew because its save is out of reach: the next save would bury that one.
void Supplies::fetchSave(const std::string& room, SavedBytes OpenRoom::*member) {
    const auto coming = coming_.find(room);
    if (coming == coming_.end() || (coming->second.order.*member).object.empty()) return;
    ++coming->second.missing;
    const auto wanted = coming->second.order.*member;
    saves_.fetch(wanted, coming->second.order.keepDir,
        [this, room, member](SavedBytes saved, const std::optional<Trouble>& trouble) {
            const auto waiting = coming_.find(room);
            if (waiting == coming_.end()) return;
            if (trouble) return finish(room, *trouble);
            waiting->second.order.*member = std::move(saved);
            here(room);
        });
}

void Supplies::fetchState(SavedBytes state, const std::filesystem::path& dir, SaveFetcher::Done done) {
    saves_.fetch(std::move(state), dir, std::move(done));
}

void Supplies::here(const std::string& room) {
    auto& coming = coming_.at(room);
    if (--coming.missing > 0) return;
    if (!coming.order.saveFiles.file.empty()) return unpack(room);
    finish(room, coming.order);
}

void Supplies::unpack(const std::string& room) {
    const auto& order = coming_.at(room).order;
    base::inBackground([saved = order.saveFiles, dir = order.saveDir] { return unpackSaved(saved, dir); },
        [this, room](bool good) {
            const auto waiting = coming_.find(room);
            if (waiting == coming_.end()) return;
            if (good)
                finish(room, waiting->second.order);
            else
                finish(room, badFiles);
        });
}

void Supplies::finish(const std::string& room, Result result) {
    const auto done = std::move(coming_.at(room).done);
    coming_.erase(room);
    done(std::move(result));
}

void Supplies::release(const std::string& room) {
    coming_.erase(room);
    if (games_) games_->release(room);
}

}
