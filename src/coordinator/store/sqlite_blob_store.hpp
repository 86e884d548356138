#pragma once
// Objects in the coordinator's database. Each call waits for the disk and is answered in the loop's next
// turn.
#include "base/sqlite.hpp"
#include "coordinator/store/blob_store.hpp"

namespace cloudretro::coordinator::store {

class SqliteBlobStore : public BlobStore {
public:
    explicit SqliteBlobStore(base::Database& database) : database_(database) {}

    void put(const Object& object, Callback<Done> done) override;
    void get(const std::string& hash, Callback<Bytes> done) override;
    void has(const std::string& hash, Callback<bool> done) override;
    void list(Callback<std::vector<ObjectInfo>> done) override;
    void remove(const std::string& hash, std::chrono::seconds minimumAge, Callback<bool> done) override;

private:
    template <class T, class F> void answer(Callback<T> done, F work);

    base::Database& database_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // posted answers hold it weakly
};

}
