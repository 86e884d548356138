#include "coordinator/store/save_index.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace cloudretro::coordinator::store {
namespace {

using base::Statement;

// An automatic state comes every few seconds; all others were made on purpose, or are the game's own.
bool isAutomatic(const SaveKey& key) { return key.kind == Kind::State && key.slot == "auto"; }
std::size_t historyOf(const SaveKey& key) { return isAutomatic(key) ? 5 : 10; }
constexpr std::int64_t automaticSpacing = 120'000; // ms between those of one room that stay in the history

constexpr const char* columns =
    "SELECT profile, game, kind, slots.slot, sequence, object, size, thumbnail, time, name, core, "
    "coreVersion, room,"
    " versions.epoch, sequence = current FROM versions JOIN slots ON slots.id = versions.slot ";

Version read(const Statement& row) {
    Version v;
    v.key = {row.text(0), row.text(1), kindOf(row.text(2)).value_or(Kind::State), row.text(3)};
    v.sequence = row.integer(4);
    v.object = row.text(5);
    v.size = std::size_t(row.integer(6));
    v.thumbnail = row.text(7);
    v.time = row.integer(8);
    v.name = row.text(9);
    v.core = row.text(10);
    v.coreVersion = row.text(11);
    v.room = row.text(12);
    v.epoch = row.integer(13);
    v.current = row.integer(14) != 0;
    return v;
}

template <class... Values>
std::vector<Version> select(base::Database& database, const std::string& rest, const Values&... values) {
    Statement row(database, (columns + rest).c_str(), values...);
    std::vector<Version> found;
    while (row.step()) found.push_back(read(row));
    return found;
}

template <class... Values>
std::optional<Version> selectOne(base::Database& database, const std::string& rest, const Values&... values) {
    auto found = select(database, rest, values...);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

constexpr const char* isKey = "profile = ? AND game = ? AND kind = ? AND slots.slot = ? ";

}

std::int64_t millisecondsNow() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::int64_t SaveIndex::nextEpoch(const std::string& game, const std::string& profile) {
    Statement row(database_,
        "INSERT INTO epochs(profile, game, epoch) VALUES(?1, ?2, 1 + "
        "  ifnull((SELECT max(epoch) FROM slots WHERE profile = ?1 AND game = ?2), 0)) "
        "ON CONFLICT DO UPDATE SET epoch = max(epochs.epoch + 1, excluded.epoch) RETURNING epoch",
        profile, game);
    row.step();
    const auto epoch = row.integer(0);
    row.step(); // only now is it committed
    return epoch;
}

void SaveIndex::reachEpoch(const std::string& game, const std::string& profile, std::int64_t epoch) {
    database_.run("INSERT INTO epochs(profile, game, epoch) VALUES(?, ?, ?) "
                  "ON CONFLICT DO UPDATE SET epoch = max(epochs.epoch, excluded.epoch)",
        profile, game, epoch);
}

std::int64_t SaveIndex::newestEpoch(const SaveKey& key) {
    Statement row(database_,
        "SELECT epoch FROM slots WHERE profile = ? AND game = ? AND kind = ? AND slot = ?", key.profile,
        key.game, nameOf(key.kind), key.slot);
    return row.step() ? row.integer(0) : 0;
}

std::variant<Pointed, Stale> SaveIndex::point(Version version) {
    base::Transaction transaction(database_);
    const auto slot = slotOf(version.key);
    if (version.epoch < slot.epoch) return Stale{};
    version.time = now_();
    version.current = true;

    Pointed result;
    const auto current = find(version.key, slot.current);
    const bool again = current && current->object == version.object;
    version.sequence = again ? current->sequence : slot.last + 1;
    if (again && version.name.empty()) version.name = current->name;
    if (again || (current && passes(slot, *current, version))) {
        Statement row(database_, "SELECT ifnull(previous, 0) FROM versions WHERE slot = ? AND sequence = ?",
            slot.id, slot.current);
        row.step();
        const auto previous = row.integer(0);
        result.dropped = drop(slot.id, current->sequence);
        insert(slot, previous, version);
    } else
        insert(slot, slot.current, version);
    database_.run("UPDATE slots SET current = ?, last = max(last, ?), epoch = ? WHERE id = ?",
        version.sequence, version.sequence, version.epoch, slot.id);
    auto old = prune(slot, historyOf(version.key));
    result.dropped.insert(result.dropped.end(), old.begin(), old.end());
    result.version = std::move(version);
    transaction.commit();
    return result;
}

bool SaveIndex::passes(const Slot& slot, const Version& current, const Version& next) {
    if (!isAutomatic(next.key) || current.room.empty() || current.room != next.room ||
        slot.current != slot.last)
        return false;
    Statement before(database_,
        "SELECT time FROM versions WHERE slot = ? AND sequence < ? ORDER BY sequence DESC LIMIT 1", slot.id,
        slot.current);
    return before.step() && current.time - before.integer(0) < automaticSpacing;
}

std::optional<Pointed> SaveIndex::restore(const SaveKey& key, std::int64_t sequence) {
    auto version = find(key, sequence);
    if (!version) return std::nullopt;
    version->epoch = newestEpoch(key);
    version->room.clear();
    return std::get<Pointed>(point(std::move(*version)));
}

std::optional<Version> SaveIndex::latest(const SaveKey& key) {
    return selectOne(database_, std::string("WHERE sequence = current AND ") + isKey, key.profile, key.game,
        nameOf(key.kind), key.slot);
}

std::optional<Version> SaveIndex::find(const SaveKey& key, std::int64_t sequence) {
    return selectOne(database_, std::string("WHERE sequence = ? AND ") + isKey, sequence, key.profile,
        key.game, nameOf(key.kind), key.slot);
}

std::vector<Version> SaveIndex::history(const SaveKey& key) {
    return select(database_, std::string("WHERE ") + isKey + "ORDER BY sequence DESC", key.profile, key.game,
        nameOf(key.kind), key.slot);
}

std::vector<Version> SaveIndex::list(const std::string& profile, const std::string& game) {
    return select(database_,
        "WHERE sequence = current AND profile = ? AND game = ? ORDER BY time DESC, sequence DESC", profile,
        game);
}

// Of each game the newest state, which resumes where one left; where there is none, what the game saved
// itself.
std::vector<Version> SaveIndex::listRecent(const std::string& profile, int most) {
    return select(database_,
        "WHERE (versions.slot, sequence) IN (SELECT slot, sequence FROM ("
        "  SELECT versions.slot, sequence, row_number() OVER ("
        "    PARTITION BY game ORDER BY kind = 'state' DESC, time DESC, sequence DESC) AS rank"
        "  FROM versions JOIN slots ON slots.id = versions.slot AND sequence = current WHERE profile = ?)"
        " WHERE rank = 1) ORDER BY time DESC LIMIT ?",
        profile, most);
}

std::vector<Version> SaveIndex::all() {
    return select(database_, "ORDER BY profile, game, kind, slots.slot, sequence");
}

bool SaveIndex::rename(const SaveKey& key, std::int64_t sequence, const std::string& name) {
    return database_.run("UPDATE versions SET name = ? WHERE sequence = ? AND slot = ("
                         "SELECT id FROM slots WHERE profile = ? AND game = ? AND kind = ? AND slot = ?)",
               name, sequence, key.profile, key.game, nameOf(key.kind), key.slot) > 0;
}

std::vector<Dropped> SaveIndex::remove(const SaveKey& key) {
    base::Transaction transaction(database_);
    const auto slot = slotOf(key);
    database_.run("UPDATE slots SET current = NULL WHERE id = ?", slot.id);
    auto dropped = prune(slot, 0);
    transaction.commit();
    return dropped;
}

std::optional<Version> SaveIndex::undo(const SaveKey& key) {
    base::Transaction transaction(database_);
    const auto slot = slotOf(key);
    // What it held before may be forgotten by now; the next older one will do.
    Statement row(database_,
        "SELECT max(sequence) FROM versions WHERE slot = ?1 AND sequence <= "
        "(SELECT previous FROM versions WHERE slot = ?1 AND sequence = ?2)",
        slot.id, slot.current);
    if (!row.step() || row.isNull(0)) return std::nullopt;
    database_.run("UPDATE slots SET current = ? WHERE id = ?", row.integer(0), slot.id);
    auto version = latest(key);
    transaction.commit();
    return version;
}

std::vector<std::string> SaveIndex::faults() {
    std::vector<std::string> found;
    Statement check(database_, "PRAGMA quick_check");
    while (check.step())
        if (check.text(0) != "ok")
            found.push_back("The database " + database_.path() + ": " + check.text(0) + ".");
    Statement row(database_,
        "SELECT game, profile, kind, slot FROM slots WHERE current IS NOT NULL AND NOT EXISTS ("
        "SELECT 1 FROM versions WHERE versions.slot = id AND sequence = current)");
    while (row.step())
        found.push_back(row.text(0) + " of " + row.text(1) + ", " + row.text(2) + " in slot " + row.text(3) +
                        ": it points to a version that is not there.");
    return found;
}

bool SaveIndex::refersTo(const std::string& hash) {
    return Statement(database_, "SELECT 1 FROM versions WHERE object = ?1 OR thumbnail = ?1", hash).step();
}

std::set<std::string> SaveIndex::references() {
    Statement row(
        database_, "SELECT object FROM versions UNION SELECT thumbnail FROM versions WHERE thumbnail != ''");
    std::set<std::string> found;
    while (row.step()) found.insert(row.text(0));
    return found;
}

bool SaveIndex::adopt(const std::vector<Version>& versions) {
    base::Transaction transaction(database_);
    const auto slot = slotOf(versions.front().key);
    if (slot.current) return false;
    std::int64_t previous = 0, current = 0, epoch = slot.epoch, last = slot.last;
    for (const auto& version : versions) {
        insert(slot, previous, version);
        previous = version.sequence;
        if (version.current) current = version.sequence;
        epoch = std::max(epoch, version.epoch);
        last = std::max(last, version.sequence);
    }
    database_.run(
        "UPDATE slots SET current = ?, last = ?, epoch = ? WHERE id = ?", current, last, epoch, slot.id);
    transaction.commit();
    return true;
}

SaveIndex::Slot SaveIndex::slotOf(const SaveKey& key) {
    const auto* kind = nameOf(key.kind);
    database_.run("INSERT INTO slots(profile, game, kind, slot) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING",
        key.profile, key.game, kind, key.slot);
    Statement row(database_,
        "SELECT id, ifnull(current, 0), last, epoch FROM slots "
        "WHERE profile = ? AND game = ? AND kind = ? AND slot = ?",
        key.profile, key.game, kind, key.slot);
    row.step();
    return {row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
}

void SaveIndex::insert(const Slot& slot, std::int64_t previous, const Version& v) {
    database_.run("INSERT INTO versions(slot, sequence, previous, object, size, thumbnail, time, name, core, "
                  "coreVersion, epoch, room) VALUES(?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        slot.id, v.sequence, previous, v.object, v.size, v.thumbnail, v.time, v.name, v.core, v.coreVersion,
        v.epoch, v.room);
}

std::vector<Dropped> SaveIndex::prune(const Slot& slot, std::size_t keep) {
    std::vector<std::int64_t> old;
    Statement row(database_,
        "SELECT sequence FROM versions WHERE slot = ? ORDER BY sequence DESC LIMIT -1 OFFSET ?", slot.id,
        keep);
    while (row.step()) old.push_back(row.integer(0));
    std::vector<Dropped> dropped;
    for (const auto sequence : old)
        for (auto& object : drop(slot.id, sequence)) dropped.push_back(std::move(object));
    return dropped;
}

std::vector<Dropped> SaveIndex::drop(std::int64_t slot, std::int64_t sequence) {
    Statement row(database_,
        "DELETE FROM versions WHERE slot = ? AND sequence = ? RETURNING object, thumbnail, time", slot,
        sequence);
    std::vector<Dropped> dropped;
    while (row.step()) {
        dropped.push_back({row.text(0), row.integer(2)});
        if (!row.text(1).empty()) dropped.push_back({row.text(1), row.integer(2)});
    }
    return dropped;
}

}
