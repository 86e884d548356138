#include "worker/game_fetcher.hpp"

#include "base/plain_name.hpp"
#include "worker/coordinator_link.hpp"
#include "worker/troubles.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cloudretro::worker {
namespace {

using namespace std::chrono_literals;
using protocol::Trouble;

constexpr guint patience = 10; // seconds in which not a byte came
constexpr double largest = double(1ull << 42);

base::Ref<SoupSession> makeSession() {
    return base::Ref<SoupSession>::adopt(soup_session_new_with_options("timeout", patience, nullptr));
}

bool isSane(const protocol::GameFile& file) {
    return base::isPlainName(file.name) && base::isSha256(file.hash) && file.size >= 1 &&
           file.size <= largest && std::floor(file.size) == file.size;
}

}

bool isSaneList(const std::vector<protocol::GameFile>& files) {
    std::set<std::string> names;
    return std::ranges::all_of(files,
        [&](const protocol::GameFile& file) { return isSane(file) && names.insert(file.name).second; });
}

GameFetcher::GameFetcher(const base::Config& config, const std::string& workerUrl, std::string token)
    : cache_(std::filesystem::path(config.dataDir) / "cache", std::uintmax_t(config.cacheSize) << 20),
      source_{makeSession(), httpAddress(workerUrl) + "/files/", std::move(token)} {}

void GameFetcher::fetch(const protocol::OpenRoom& order, std::function<void(Result)> onResult) {
    Waiting waiting;
    try {
        waiting = prepare(order);
    } catch (const base::Failure& failure) {
        cache_.release(order.room);
        return onResult(failure.trouble());
    }
    waiting.onResult = std::move(onResult);
    waiting_[order.room] = std::move(waiting);
    tell(order.room, waiting_[order.room]);
    finishIfComplete(order.room);
    if (!waiting_.empty() && !telling_) telling_ = base::Loop::every(250ms, [this] { tellProgress(); });
}

// What is here is linked at once, so that nothing removes it while the rest comes.
GameFetcher::Waiting GameFetcher::prepare(const protocol::OpenRoom& order) {
    if (order.files.empty() || !isSaneList(order.files) || !isSaneList(order.firmware) ||
        !base::isPlainName(order.room))
        throw badOrder();
    Waiting waiting;
    for (const auto& file : order.files) waiting.files.push_back({file, FileCache::Folder::Game, {}});
    for (const auto& file : order.firmware) waiting.files.push_back({file, FileCache::Folder::System, {}});
    const auto isHere = [&](const Wanted& wanted) { return cache_.has(wanted.file); };
    const auto missing = std::ranges::stable_partition(waiting.files, isHere);
    std::for_each(waiting.files.begin(), missing.begin(),
        [&](const Wanted& wanted) { cache_.link(wanted.file, order.room, wanted.folder); });
    makeWayFor({missing.begin(), missing.end()});
    for (auto& wanted : missing) start(wanted);
    return waiting;
}

// Also for what other rooms still wait for.
void GameFetcher::makeWayFor(const std::vector<Wanted>& files) const {
    std::map<std::string, double> coming; // each once, by hash
    for (const auto& wanted : files) coming[wanted.file.hash] = wanted.file.size;
    for (const auto& [room, waiting] : waiting_)
        for (const auto& wanted : waiting.files)
            if (wanted.download) coming[wanted.file.hash] = wanted.file.size;
    std::set<std::string> hashes;
    double needed = 0;
    for (const auto& [hash, size] : coming) {
        hashes.insert(hash);
        needed += std::max(0.0, size - double(cache_.sizeOfPart(hash)));
    }
    if (!files.empty()) cache_.makeWay(std::uintmax_t(needed), hashes);
}

void GameFetcher::start(Wanted& wanted) {
    const auto& hash = wanted.file.hash;
    auto& known = downloads_[hash];
    wanted.download = known.lock();
    if (wanted.download) return;
    wanted.download = std::make_shared<Download>(source_, wanted.file, cache_.partOf(hash),
        [this, hash](std::optional<Trouble> trouble) { arrived(hash, trouble); });
    known = wanted.download;
}

void GameFetcher::arrived(const std::string& hash, const std::optional<Trouble>& trouble) {
    const auto kept = downloads_[hash].lock(); // calls us
    downloads_.erase(hash);
    auto result = trouble;
    try {
        if (!trouble) cache_.adopt(hash);
    } catch (const base::Failure& failure) { result = failure.trouble(); }
    std::vector<std::string> rooms;
    for (const auto& [room, waiting] : waiting_)
        if (std::ranges::any_of(waiting.files, [&](const Wanted& w) { return w.download == kept; }))
            rooms.push_back(room);
    for (const auto& room : rooms) settle(room, hash, result);
}

void GameFetcher::settle(
    const std::string& room, const std::string& hash, const std::optional<Trouble>& trouble) {
    const auto found = waiting_.find(room);
    if (found == waiting_.end()) return;
    if (trouble) return finish(room, *trouble);
    try {
        for (auto& wanted : found->second.files) {
            if (wanted.file.hash != hash) continue;
            cache_.link(wanted.file, room, wanted.folder);
            wanted.download.reset();
        }
    } catch (const base::Failure& failure) { return finish(room, failure.trouble()); }
    finishIfComplete(room);
}

void GameFetcher::finishIfComplete(const std::string& room) {
    const auto& files = waiting_.at(room).files;
    if (std::ranges::any_of(files, [](const Wanted& wanted) { return bool(wanted.download); })) return;
    Place place{cache_.folderOf(room, FileCache::Folder::Game), {}};
    for (const auto& wanted : files)
        if (wanted.folder == FileCache::Folder::System)
            place.systemDir = cache_.folderOf(room, FileCache::Folder::System);
    finish(room, place);
}

void GameFetcher::finish(const std::string& room, Result result) {
    const auto onResult = std::move(waiting_.at(room).onResult);
    waiting_.erase(room);
    if (waiting_.empty()) telling_ = {};
    if (std::holds_alternative<Trouble>(result)) cache_.release(room);
    onResult(std::move(result));
}

void GameFetcher::release(const std::string& room) {
    waiting_.erase(room);
    if (waiting_.empty()) telling_ = {};
    std::erase_if(downloads_, [](const auto& entry) { return entry.second.expired(); });
    if (base::isPlainName(room)) cache_.release(room);
}

void GameFetcher::tellProgress() {
    for (auto& [room, waiting] : waiting_) tell(room, waiting);
}

// Nothing when nothing came, or was to come.
void GameFetcher::tell(const std::string& room, Waiting& waiting) const {
    protocol::FilesComing news{room};
    for (const auto& wanted : waiting.files) {
        news.total += wanted.file.size;
        news.done += wanted.download ? double(wanted.download->have()) : wanted.file.size;
    }
    if (news.done == news.total || news.done == waiting.told) return;
    waiting.told = news.done;
    onProgress(news);
}

}
