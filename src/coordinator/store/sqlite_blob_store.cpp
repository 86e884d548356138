#include "coordinator/store/sqlite_blob_store.hpp"
#include "base/sha256.hpp"

#include "base/failure.hpp"
#include "base/loop.hpp"
#include "coordinator/store/troubles.hpp"

#include <ctime>

namespace cloudretro::coordinator::store {

template <class T, class F> void SqliteBlobStore::answer(Callback<T> done, F work) {
    auto result = [&]() -> Result<T> {
        try {
            return work();
        } catch (const base::Failure& failure) { return failure.trouble(); }
    }();
    base::Loop::post([alive = std::weak_ptr(alive_), done = std::move(done), result = std::move(result)] {
        if (!alive.expired()) done(result);
    });
}

void SqliteBlobStore::put(const Object& object, Callback<Done> done) {
    answer<Done>(std::move(done), [&] {
        database_.run("INSERT INTO objects(hash, stored, bytes) VALUES(?, ?, ?) "
                      "ON CONFLICT(hash) DO UPDATE SET stored = excluded.stored",
            object.hash, std::time(nullptr), base::Blob{*object.bytes});
        return Done{};
    });
}

void SqliteBlobStore::get(const std::string& hash, Callback<Bytes> done) {
    answer<Bytes>(std::move(done), [&]() -> Result<Bytes> {
        base::Statement row(database_, "SELECT bytes FROM objects WHERE hash = ?", hash);
        if (!row.step()) return saveMissing(hash);
        auto bytes = std::make_shared<const std::string>(row.text(0));
        if (base::sha256(*bytes) != hash) return saveDamaged(hash);
        return Bytes(std::move(bytes));
    });
}

void SqliteBlobStore::has(const std::string& hash, Callback<bool> done) {
    answer<bool>(std::move(done),
        [&] { return base::Statement(database_, "SELECT 1 FROM objects WHERE hash = ?", hash).step(); });
}

void SqliteBlobStore::list(Callback<std::vector<ObjectInfo>> done) {
    answer<std::vector<ObjectInfo>>(std::move(done), [&] {
        std::vector<ObjectInfo> found;
        base::Statement row(
            database_, "SELECT hash, length(bytes), ? - stored FROM objects", std::time(nullptr));
        while (row.step())
            found.push_back({row.text(0), std::size_t(row.integer(1)), std::chrono::seconds(row.integer(2))});
        return found;
    });
}

void SqliteBlobStore::remove(const std::string& hash, std::chrono::seconds minimumAge, Callback<bool> done) {
    answer<bool>(std::move(done), [&] {
        return database_.run("DELETE FROM objects WHERE hash = ? AND stored <= ?", hash,
                   std::time(nullptr) - minimumAge.count()) > 0;
    });
}

}
