#include "coordinator/store/saves.hpp"

#include "base/background.hpp"
#include "base/compression.hpp"
#include "base/failure.hpp"
#include "base/log.hpp"
#include "base/loop.hpp"
#include "coordinator/store/schema.hpp"
#include "coordinator/store/sqlite_blob_store.hpp"
#include "coordinator/store/troubles.hpp"

#include <algorithm>
#include <chrono>

namespace cloudretro::coordinator::store {
namespace {

namespace fs = std::filesystem;

// All that waits for a slow store is in memory.
constexpr std::size_t maxWaitingBytes = 256 << 20;

fs::path databaseIn(const fs::path& dataDir) {
    std::error_code error;
    fs::create_directories(dataDir, error); // if it fails, so does opening, and that says why
    return dataDir / "cloudretro.db";
}

std::int64_t secondsSince(std::int64_t milliseconds) {
    return std::max<std::int64_t>(0, (millisecondsNow() - milliseconds) / 1000);
}

std::size_t sizeOf(const SaveWrite& write) { return write.unpacked.value_or(write.bytes.size()); }

std::optional<protocol::Trouble> refuse(const SaveWrite& write, std::size_t waitingBytes) {
    if (const auto fault = faultOf(write.key)) return badSave(*fault);
    if (sizeOf(write) > maxSaveBytes || write.bytes.size() > maxObjectBytes) return saveTooLarge();
    if (write.thumbnail.size() > maxThumbnailBytes) return badSave("its thumbnail is larger than 1 MiB");
    if (write.bytes.size() + waitingBytes > maxWaitingBytes) return savesBusy();
    return std::nullopt;
}

// The save, compressed, and its thumbnail; none: the bytes are damaged.
std::vector<Object> objectsOf(SaveWrite write) {
    if (write.unpacked && !base::unpacksTo(write.bytes, *write.unpacked)) return {};
    std::vector<Object> objects;
    objects.push_back(Object::of(write.unpacked ? std::move(write.bytes) : base::compress(write.bytes)));
    if (!write.thumbnail.empty()) objects.push_back(Object::of(std::move(write.thumbnail)));
    return objects;
}

Result<Bytes> unpack(const Version& version, const std::string& packed) {
    auto bytes = version.size <= maxSaveBytes ? base::decompress(packed, version.size) : std::nullopt;
    if (!bytes) return saveDamaged(version.object);
    return Bytes(std::make_shared<const std::string>(std::move(*bytes)));
}

// All but the objects.
Version versionOf(const SaveWrite& write) {
    Version version;
    version.key = write.key;
    version.size = sizeOf(write);
    version.name = write.name;
    version.core = write.core;
    version.coreVersion = write.coreVersion;
    version.room = write.room;
    version.epoch = write.epoch;
    return version;
}

}

struct Saves::Job {
    Version version;
    SaveWrite write;             // until its objects are made
    std::vector<Object> objects; // still to be stored
    std::vector<GuardedBlobs::Hold> holds;
    std::size_t bytes = 0; // that it keeps in memory
    Callback<Version> done;
};

Saves::Saves(const fs::path& dataDir, std::unique_ptr<BlobStore> blobs)
    : database_(databaseIn(dataDir)),
      index_((migrate(database_), database_)),
      rooms_(database_),
      writer_(database_.path()),
      blobs_(blobs ? std::move(blobs) : std::make_unique<SqliteBlobStore>(writer_)),
      guarded_(*blobs_) {
    // Copying the log into the file is for the writer, after each large write. 64 MiB: should it fall behind.
    database_.runAll("PRAGMA wal_autocheckpoint=16384");
}

std::int64_t Saves::nextEpoch(const std::string& game, const std::string& profile) {
    return index_.nextEpoch(game, profile);
}

std::int64_t Saves::openRoom(const std::string& room, const std::string& game, const std::string& profile) {
    base::Transaction transaction(database_);
    const auto epoch = index_.nextEpoch(game, profile);
    rooms_.note(room, epoch, {profile, game});
    transaction.commit();
    return epoch;
}

void Saves::adoptRoom(const std::string& room, std::int64_t epoch, const RoomLog::Writer& writer) {
    base::Transaction transaction(database_);
    index_.reachEpoch(writer.game, writer.profile, epoch);
    rooms_.note(room, epoch, writer);
    transaction.commit();
}

std::optional<RoomLog::Writer> Saves::writerOf(const std::string& room, std::int64_t epoch) {
    return rooms_.find(room, epoch);
}

bool Saves::wentOn(const std::string& room, std::int64_t epoch) { return rooms_.wentOn(room, epoch); }

void Saves::put(SaveWrite write, Callback<Version> done) {
    if (const auto trouble = refuse(write, waitingBytes_))
        return base::Loop::post([alive = std::weak_ptr(alive_), trouble = *trouble, done = std::move(done)] {
            if (!alive.expired()) done(trouble);
        });
    auto job = std::make_shared<Job>();
    job->done = std::move(done);
    job->version = versionOf(write);
    job->bytes = write.bytes.size() + write.thumbnail.size();
    job->write = std::move(write);
    waitingBytes_ += job->bytes;
    auto& line = lines_[job->version.key];
    line.push_back(job);
    if (line.size() > 1) return;
    base::Loop::post([this, alive = std::weak_ptr(alive_), job] {
        if (!alive.expired()) start(job);
    });
}

// A late writer need not store its object to hear that it is late. Hashing a large state takes longer than
// the loop may stand still.
void Saves::start(const std::shared_ptr<Job>& job) {
    try {
        if (job->version.epoch < index_.newestEpoch(job->version.key)) return finish(job, staleSave());
    } catch (const base::Failure& failure) { return finish(job, failure.trouble()); }
    base::inBackground([job] { return objectsOf(std::move(job->write)); },
        [this, alive = std::weak_ptr(alive_), job](std::vector<Object> objects) {
            if (!alive.expired()) store(job, std::move(objects));
        });
}

void Saves::store(const std::shared_ptr<Job>& job, std::vector<Object> objects) {
    if (objects.empty()) return finish(job, badSave("its bytes are damaged"));
    job->version.object = objects.front().hash;
    if (objects.size() > 1) job->version.thumbnail = objects.back().hash;
    for (const auto& object : objects) job->holds.push_back(guarded_.hold(object.hash));
    job->objects = std::move(objects);
    storeNext(job);
}

void Saves::storeNext(const std::shared_ptr<Job>& job) {
    if (job->objects.empty()) return point(job);
    const auto object = std::move(job->objects.back());
    job->objects.pop_back();
    guarded_.put(object, [this, job](const Result<Done>& result) {
        if (!result) return finish(job, result.trouble());
        storeNext(job);
    });
}

// Behind all other writes: the loop would have to wait for the right to write.
void Saves::point(const std::shared_ptr<Job>& job) {
    using Moved = std::variant<Pointed, Stale>;
    writer_.run<Moved>(
        [version = job->version](base::Database& database) { return SaveIndex(database).point(version); },
        [this, job](Result<Moved> moved) {
            if (!moved) return finish(job, moved.trouble());
            const auto* pointed = std::get_if<Pointed>(&*moved);
            if (!pointed) return finish(job, staleSave());
            try {
                forget(pointed->dropped);
            } catch (const base::Failure& failure) { // it is stored all the same
                base::logWarning("What no save needs any more stays: " + failure.trouble().message);
            }
            finish(job, pointed->version);
        });
}

void Saves::finish(const std::shared_ptr<Job>& job, const Result<Version>& result) {
    waitingBytes_ -= job->bytes;
    job->holds.clear();
    const auto line = lines_.find(job->version.key);
    line->second.pop_front();
    if (line->second.empty())
        lines_.erase(line);
    else
        base::Loop::post([this, alive = std::weak_ptr(alive_), next = line->second.front()] {
            if (!alive.expired()) start(next);
        });
    job->done(result); // last: it may destroy us
}

std::optional<Version> Saves::latest(const SaveKey& key) { return index_.latest(key); }

std::optional<Version> Saves::find(const SaveKey& key, std::int64_t sequence) {
    return index_.find(key, sequence);
}

void Saves::get(const Version& version, Callback<Bytes> done) {
    blobs_->get(version.object,
        [version, alive = std::weak_ptr(alive_), done = std::move(done)](Result<Bytes> compressed) {
            if (!compressed) return done(compressed.trouble());
            base::inBackground([version, bytes = *compressed] { return unpack(version, *bytes); },
                [alive, done](Result<Bytes> bytes) {
                    if (!alive.expired()) done(std::move(bytes));
                });
        });
}

void Saves::object(const std::string& hash, Callback<Bytes> done) { blobs_->get(hash, std::move(done)); }

void Saves::thumbnail(const Version& version, Callback<Bytes> done) {
    blobs_->get(version.thumbnail, std::move(done));
}

std::vector<Version> Saves::list(const std::string& profile, const std::string& game) {
    return index_.list(profile, game);
}

std::vector<Version> Saves::history(const SaveKey& key) { return index_.history(key); }

std::vector<Version> Saves::listRecent(const std::string& profile, int most) {
    return index_.listRecent(profile, most);
}

bool Saves::rename(const SaveKey& key, std::int64_t sequence, const std::string& name) {
    return index_.rename(key, sequence, name);
}

void Saves::remove(const SaveKey& key) { forget(index_.remove(key)); }

std::optional<Version> Saves::undo(const SaveKey& key) { return index_.undo(key); }

std::optional<Version> Saves::restore(const SaveKey& key, std::int64_t sequence) {
    auto restored = index_.restore(key, sequence);
    if (!restored) return std::nullopt;
    forget(restored->dropped);
    return std::move(restored->version);
}

// An object that somebody put again after the version was made may be meant for a version to come: its age
// tells.
void Saves::forget(const std::vector<Dropped>& dropped) {
    for (const auto& [hash, time] : dropped)
        if (!index_.refersTo(hash)) guarded_.remove(hash, std::chrono::seconds(secondsSince(time)));
}

}
