#pragma once
// The saves of all players: what the coordinator uses. A save is acknowledged once its object and the pointer
// to it are durable; it survives any kill from then on. Lives on the loop, which waits for no write of a
// save: that is done elsewhere (Writer). Nothing is called back after it was destroyed. What answers at once
// throws Failure when the database cannot do as told; what calls back tells a Trouble.
#include "base/sqlite.hpp"
#include "coordinator/store/blob_store.hpp"
#include "coordinator/store/guarded_blobs.hpp"
#include "coordinator/store/room_log.hpp"
#include "coordinator/store/save_index.hpp"
#include "coordinator/store/writer.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cloudretro::coordinator::store {

inline constexpr std::size_t maxSaveBytes = 64 << 20;
inline constexpr std::size_t maxThumbnailBytes = 1 << 20;

struct SaveWrite {
    SaveKey key;
    std::string bytes;
    std::string thumbnail;  // an image as it is; empty: none
    std::int64_t epoch = 0; // of the room that writes, from nextEpoch()
    std::string name, core, coreVersion, room;
    std::optional<std::size_t> unpacked{}; // `bytes` are compressed (zstd) already, and were so many
};

class Saves {
public:
    // Opens <dataDir>/cloudretro.db, or makes it. Without `blobs` the objects are in there too. Throws
    // Failure.
    explicit Saves(const std::filesystem::path& dataDir, std::unique_ptr<BlobStore> blobs = nullptr);
    Saves(const Saves&) = delete;
    Saves& operator=(const Saves&) = delete;

    // For a room that opens; writes of rooms that were opened before are "stale" once this one wrote into a
    // slot.
    std::int64_t nextEpoch(const std::string& game, const std::string& profile);

    // The same, and notes whose saves this room writes, for 30 days.
    std::int64_t openRoom(const std::string& room, const std::string& game, const std::string& profile);
    // As an earlier process of ours, with another database, opened it.
    void adoptRoom(const std::string& room, std::int64_t epoch, const RoomLog::Writer& writer);
    std::optional<RoomLog::Writer> writerOf(const std::string& room, std::int64_t epoch);
    bool wentOn(const std::string& room, std::int64_t epoch); // it was opened again since

    // Done: it is stored. Writes into one slot are done in their order. Troubles: "stale" (a newer room wrote
    // here; nothing changed), "bad-save", "save-too-large", "saves-busy", and those of the store.
    void put(SaveWrite write, Callback<Version> done);

    std::optional<Version> latest(const SaveKey& key);
    std::optional<Version> find(const SaveKey& key, std::int64_t sequence);
    void get(const Version& version, Callback<Bytes> done);       // the bytes before compression
    void object(const std::string& hash, Callback<Bytes> done);   // as they are stored
    void thumbnail(const Version& version, Callback<Bytes> done); // "save-missing" where there is none
    std::vector<Version> list(const std::string& profile, const std::string& game); // what each slot holds
    std::vector<Version> history(const SaveKey& key);
    std::vector<Version> listRecent(const std::string& profile, int most = 12); // to continue: one a game

    bool rename(const SaveKey& key, std::int64_t sequence, const std::string& name); // false: there is none
    void remove(const SaveKey& key);                                                 // with its history
    std::optional<Version> undo(const SaveKey& key); // the slot's save before the current one, if any
    // An older version becomes what the slot holds, as a new one; nullopt: there is none.
    std::optional<Version> restore(const SaveKey& key, std::int64_t sequence);

    SaveIndex& index() { return index_; }
    BlobStore& blobs() { return *blobs_; }

private:
    struct Job; // a write that is under way or waits for those before it
    using Line = std::deque<std::shared_ptr<Job>>;

    void start(const std::shared_ptr<Job>& job);
    void store(const std::shared_ptr<Job>& job, std::vector<Object> objects);
    void storeNext(const std::shared_ptr<Job>& job);
    void point(const std::shared_ptr<Job>& job);
    void finish(const std::shared_ptr<Job>& job, const Result<Version>& result);
    void forget(const std::vector<Dropped>& dropped);

    base::Database database_;
    SaveIndex index_;
    RoomLog rooms_;
    Writer writer_;
    std::unique_ptr<BlobStore> blobs_;
    GuardedBlobs guarded_;
    std::map<SaveKey, Line> lines_;
    std::size_t waitingBytes_ = 0;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // posted answers hold it weakly
};

}
