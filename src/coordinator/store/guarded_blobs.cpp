#include "coordinator/store/guarded_blobs.hpp"

#include "base/log.hpp"

namespace cloudretro::coordinator::store {

GuardedBlobs::Hold GuardedBlobs::hold(const std::string& hash) {
    ++(*held_)[hash];
    return {nullptr, [held = held_, hash](void*) {
                if (--(*held)[hash] == 0) held->erase(hash);
            }};
}

void GuardedBlobs::put(const Object& object, Callback<Done> done) {
    if (const auto removal = removing_.find(object.hash); removal != removing_.end())
        removal->second.push_back([this, object, done = std::move(done)] { blobs_.put(object, done); });
    else
        blobs_.put(object, std::move(done));
}

void GuardedBlobs::remove(const std::string& hash, std::chrono::seconds minimumAge) {
    if (held_->contains(hash) || removing_.contains(hash)) return;
    removing_[hash];
    blobs_.remove(hash, minimumAge, [this, hash](Result<bool> result) {
        if (!result)
            base::logWarning(
                "An object that no save needs any more stays: " + result.trouble().message, hash);
        removed(hash);
    });
}

void GuardedBlobs::removed(const std::string& hash) {
    const auto waiting = removing_.extract(hash);
    for (const auto& put : waiting.mapped()) put();
}

}
