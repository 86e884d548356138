#pragma once
// Which saves there are, and which object each of them is: the pointers, in the coordinator's database. Lives
// on the loop; a change is on the disk when the call returns. Throws Failure when the database cannot do as
// told.
#include "base/sqlite.hpp"
#include "coordinator/store/save_key.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cloudretro::coordinator::store {

// One save that was made, and is kept until enough newer ones were made in its slot.
struct Version {
    SaveKey key;
    std::int64_t sequence = 0; // in its slot, from 1; given by the index
    std::string object;        // hash of the compressed bytes
    std::size_t size = 0;      // of the bytes before compression
    std::string thumbnail;     // hash of its object; empty: none
    std::int64_t time = 0;     // milliseconds since 1970; given by the index
    std::string name, core, coreVersion, room;
    std::int64_t epoch = 0; // of the room that made it
    bool current = false;   // it is what its slot holds
};

// An object that a version named which is gone now.
struct Dropped {
    std::string hash;
    std::int64_t time = 0; // it was stored before, or somebody stored it again
};

struct Pointed {
    Version version;
    std::vector<Dropped> dropped;
};
struct Stale {};

std::int64_t millisecondsNow(); // since 1970

class SaveIndex {
public:
    using Clock = std::function<std::int64_t()>;
    explicit SaveIndex(base::Database& database, Clock now = millisecondsNow)
        : database_(database),
          now_(std::move(now)) {}

    // For a room that opens: greater than every epoch that was ever given out or written for this profile and
    // game.
    std::int64_t nextEpoch(const std::string& game, const std::string& profile);
    void reachEpoch(const std::string& game, const std::string& profile, std::int64_t epoch); // at least
    std::int64_t newestEpoch(const SaveKey& key); // that anybody wrote into this slot

    // Moves the slot's pointer to a new version, and forgets versions that are too old. Call it once the
    // objects are durable. A version equal to the current one takes its place. So does an automatic state of
    // the same room, unless the current one is two minutes newer than the one before: five of them shall
    // cover a while. Stale: a newer room wrote here, nothing changed.
    std::variant<Pointed, Stale> point(Version version);

    std::optional<Version> latest(const SaveKey& key);
    std::optional<Version> find(const SaveKey& key, std::int64_t sequence);
    std::vector<Version> history(const SaveKey& key); // newest first
    std::vector<Version> list(
        const std::string& profile, const std::string& game);              // current ones, newest first
    std::vector<Version> listRecent(const std::string& profile, int most); // one a game, newest first
    std::vector<Version> all();                                            // by slot and sequence

    bool rename(const SaveKey& key, std::int64_t sequence, const std::string& name); // false: there is none
    std::vector<Dropped> remove(const SaveKey& key);                                 // with its history

    // Back to what the slot held before its current version, which stays in the history; nullopt: there is
    // none.
    std::optional<Version> undo(const SaveKey& key);
    // Makes a new version of an older one's object; nullopt: there is none.
    std::optional<Pointed> restore(const SaveKey& key, std::int64_t sequence);

    std::vector<std::string> faults(); // of the database itself, as sentences; reads all of it
    bool refersTo(const std::string& hash);
    std::set<std::string> references();

    // As they are, into a slot that has none; false: it has some, nothing changed. At least one, one of them
    // current.
    bool adopt(const std::vector<Version>& versions);

private:
    struct Slot {
        std::int64_t id = 0, current = 0 /* 0: none */, last = 0, epoch = 0;
    };
    Slot slotOf(const SaveKey& key); // made when it is not there
    // Whether the next automatic state takes the place of the current one.
    bool passes(const Slot& slot, const Version& current, const Version& next);
    void insert(const Slot& slot, std::int64_t previous, const Version& version);
    std::vector<Dropped> prune(const Slot& slot, std::size_t keep);
    std::vector<Dropped> drop(std::int64_t slot, std::int64_t sequence);

    base::Database& database_;
    Clock now_;
};

}
