#include "coordinator/store/sqlite_blob_store.hpp"

#include "base/sha256.hpp"
#include "coordinator/store/troubles.hpp"

#include <ctime>

namespace cloudretro::coordinator::store {

using base::Database;
using base::Statement;

void SqliteBlobStore::put(const Object& object, Callback<Done> done) {
    writer_.run<Done>(
        [object](Database& database) {
            database.run("INSERT INTO objects(hash, stored, bytes) VALUES(?, ?, ?) "
                         "ON CONFLICT(hash) DO UPDATE SET stored = excluded.stored",
                object.hash, std::time(nullptr), base::Blob{*object.bytes});
            return Done{};
        },
        std::move(done));
}

void SqliteBlobStore::get(const std::string& hash, Callback<Bytes> done) {
    writer_.run<Bytes>(
        [hash](Database& database) -> Result<Bytes> {
            Statement row(database, "SELECT bytes FROM objects WHERE hash = ?", hash);
            if (!row.step()) return saveMissing(hash);
            auto bytes = std::make_shared<const std::string>(row.text(0));
            if (base::sha256(*bytes) != hash) return saveDamaged(hash);
            return Bytes(std::move(bytes));
        },
        std::move(done));
}

void SqliteBlobStore::has(const std::string& hash, Callback<bool> done) {
    writer_.run<bool>(
        [hash](Database& database) {
            return Statement(database, "SELECT 1 FROM objects WHERE hash = ?", hash).step();
        },
        std::move(done));
}

void SqliteBlobStore::list(Callback<std::vector<ObjectInfo>> done) {
    writer_.run<std::vector<ObjectInfo>>(
        [](Database& database) {
            std::vector<ObjectInfo> found;
            Statement row(
                database, "SELECT hash, length(bytes), ? - stored FROM objects", std::time(nullptr));
            while (row.step())
                found.push_back(
                    {row.text(0), std::size_t(row.integer(1)), std::chrono::seconds(row.integer(2))});
            return found;
        },
        std::move(done));
}

void SqliteBlobStore::remove(const std::string& hash, std::chrono::seconds minimumAge, Callback<bool> done) {
    writer_.run<bool>(
        [hash, minimumAge](Database& database) {
            return database.run("DELETE FROM objects WHERE hash = ? AND stored <= ?", hash,
                       std::time(nullptr) - minimumAge.count()) > 0;
        },
        std::move(done));
}

}
