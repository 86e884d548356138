#include "coordinator/store/schema.hpp"

#include "base/failure.hpp"

#include <iterator>

namespace cloudretro::coordinator::store {
namespace {

// steps[n] leads from user_version n to n + 1. Released steps never change; new ones are added below.
constexpr const char* steps[] = {
    // `current` is the pointer: the version that the slot holds. `previous` is what it held before that
    // version.
    // A slot whose saves were removed keeps its row, and with it the epoch that fences off late writers.
    R"(CREATE TABLE objects(hash TEXT PRIMARY KEY, stored INTEGER NOT NULL, bytes BLOB NOT NULL);
       CREATE TABLE slots(
           id INTEGER PRIMARY KEY, profile TEXT NOT NULL, game TEXT NOT NULL, kind TEXT NOT NULL, slot TEXT NOT NULL,
           current INTEGER, last INTEGER NOT NULL DEFAULT 0, epoch INTEGER NOT NULL DEFAULT 0,
           UNIQUE(profile, game, kind, slot));
       CREATE TABLE versions(
           slot INTEGER NOT NULL REFERENCES slots(id), sequence INTEGER NOT NULL, previous INTEGER,
           object TEXT NOT NULL, size INTEGER NOT NULL, thumbnail TEXT NOT NULL, time INTEGER NOT NULL,
           name TEXT NOT NULL, core TEXT NOT NULL, coreVersion TEXT NOT NULL, epoch INTEGER NOT NULL,
           room TEXT NOT NULL, PRIMARY KEY(slot, sequence)) WITHOUT ROWID;
       CREATE INDEX versionsByObject ON versions(object);
       CREATE INDEX versionsByThumbnail ON versions(thumbnail);
       CREATE TABLE epochs(profile TEXT NOT NULL, game TEXT NOT NULL, epoch INTEGER NOT NULL,
           PRIMARY KEY(profile, game)) WITHOUT ROWID;)",
    // Whose saves a room writes: its worker may send some when it is gone.
    R"(CREATE TABLE rooms(
           room TEXT NOT NULL, epoch INTEGER NOT NULL, profile TEXT NOT NULL, game TEXT NOT NULL,
           opened INTEGER NOT NULL, PRIMARY KEY(room, epoch)) WITHOUT ROWID;)",
};

std::int64_t versionOf(base::Database& database) {
    base::Statement version(database, "PRAGMA user_version");
    version.step();
    return version.integer(0);
}

}

void migrate(base::Database& database) {
    constexpr auto today = std::int64_t(std::size(steps));
    if (versionOf(database) == today) return;
    base::Transaction transaction(database); // whoever else migrates it is done once we hold this
    const auto found = versionOf(database);
    if (found > today)
        throw base::Failure("database-newer",
            "The database " + database.path() + " was made by a newer version of Cloudretro.",
            "Run that version, or choose another folder with --data-dir.");
    for (auto step = found; step < today; ++step) database.runAll(steps[step]);
    database.runAll(("PRAGMA user_version=" + std::to_string(today)).c_str());
    transaction.commit();
}

}
