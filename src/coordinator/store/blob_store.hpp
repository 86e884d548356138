#pragma once
// Where the bytes of saves are: immutable objects, each under the SHA-256 of its bytes. Lives on the loop.
// Nothing is called back after the store was destroyed.
#include "coordinator/store/object.hpp"
#include "coordinator/store/result.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace cloudretro::coordinator::store {

// The largest object that is stored or read: a save of the most bytes that zstd could not make smaller.
inline constexpr std::size_t maxObjectBytes = (64 << 20) + (1 << 20);

struct ObjectInfo {
    std::string hash;
    std::size_t size = 0;
    std::chrono::seconds age{}; // since it was last put, by the store's own clock
};

class BlobStore {
public:
    virtual ~BlobStore() = default;

    // Done: it is durable. An object that is there already becomes as good as new: its age is 0 again.
    virtual void put(const Object& object, Callback<Done> done) = 0;

    // Bytes that match the hash. Troubles: "save-missing", "save-damaged", or those of the store itself.
    virtual void get(const std::string& hash, Callback<Bytes> done) = 0;

    virtual void has(const std::string& hash, Callback<bool> done) = 0;
    virtual void list(Callback<std::vector<ObjectInfo>> done) = 0;

    // Only if it is at least that old: whoever puts it again meanwhile keeps it. False: younger, or not
    // there.
    virtual void remove(const std::string& hash, std::chrono::seconds minimumAge, Callback<bool> done) = 0;
};

}
