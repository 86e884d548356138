#pragma once
// Objects in the coordinator's database, read and written off the loop, in the order of the calls.
#include "coordinator/store/blob_store.hpp"
#include "coordinator/store/writer.hpp"

namespace cloudretro::coordinator::store {

class SqliteBlobStore : public BlobStore {
public:
    explicit SqliteBlobStore(Writer& writer) : writer_(writer) {} // stands longer than this

    void put(const Object& object, Callback<Done> done) override;
    void get(const std::string& hash, Callback<Bytes> done) override;
    void has(const std::string& hash, Callback<bool> done) override;
    void list(Callback<std::vector<ObjectInfo>> done) override;
    void remove(const std::string& hash, std::chrono::seconds minimumAge, Callback<bool> done) override;

private:
    Writer& writer_;
};

}
