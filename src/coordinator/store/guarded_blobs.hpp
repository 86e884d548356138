#pragma once
// A BlobStore that several writers of this process share, some of whom remove what others no longer need. An
// object that a writer holds, from before its put until its pointer has moved, is never removed; a put waits
// for a removal of the same object that is under way. Lives on the loop.
#include "coordinator/store/blob_store.hpp"

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace cloudretro::coordinator::store {

class GuardedBlobs {
public:
    // While it exists, nobody here removes the object.
    using Hold = std::shared_ptr<void>;

    explicit GuardedBlobs(BlobStore& blobs) : blobs_(blobs) {}

    [[nodiscard]] Hold hold(const std::string& hash);
    void put(const Object& object, Callback<Done> done); // the caller has a Hold of it

    // Unless somebody holds it. Nobody waits for it: what cannot be removed now is left to the collection of
    // garbage.
    void remove(const std::string& hash, std::chrono::seconds minimumAge);

private:
    using Counts = std::map<std::string, int>;

    void removed(const std::string& hash);

    BlobStore& blobs_;
    std::shared_ptr<Counts> held_ = std::make_shared<Counts>();          // a Hold may outlive us
    std::map<std::string, std::vector<std::function<void()>>> removing_; // and who waits for that
};

}
