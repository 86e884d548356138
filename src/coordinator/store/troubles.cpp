#include "coordinator/store/troubles.hpp"

namespace cloudretro::coordinator::store {

using protocol::Trouble;

Trouble badSave(const std::string& reason) {
    return {"bad-save", "This cannot be saved: " + reason + ".", "Choose another slot or name."};
}

Trouble saveTooLarge() {
    return {"save-too-large", "This save is larger than 64 MiB.", "Save inside the game instead."};
}

Trouble staleSave() {
    return {"stale", "The game goes on elsewhere, and a newer save of it is stored there.",
        "Nothing is lost: go to the game's page and continue from the newest save."};
}

Trouble savesBusy() {
    return {"saves-busy", "Saves arrive faster than they can be stored.", "Try again in a moment."};
}

Trouble saveMissing(const std::string& hash) {
    return {"save-missing", "The bytes of this save (" + hash + ") are not in the store.",
        "Load an older save of the game; whoever runs this server can look with: cloudretro saves verify"};
}

Trouble saveDamaged(const std::string& hash) {
    return {"save-damaged", "The bytes of this save (" + hash + ") were damaged where they are stored.",
        "Load an older save of the game; whoever runs this server can look with: cloudretro saves verify"};
}

Trouble s3Unreachable(const std::string& endpoint, const std::string& reason) {
    return {"s3-unreachable", "The store of saves at " + endpoint + " cannot be reached: " + reason + ".",
        "Try again in a moment; if it stays so, whoever runs this server should check --s3-endpoint and the "
        "network."};
}

Trouble s3Denied(const std::string& endpoint, const std::string& reason) {
    return {"s3-denied", "The store of saves at " + endpoint + " refuses our key (" + reason + ").",
        "Whoever runs this server should check --s3-credentials-file, --s3-region, the rights of that key, "
        "and this "
        "machine's clock."};
}

Trouble s3NoBucket(const std::string& endpoint, const std::string& bucket) {
    return {"s3-no-bucket", "The store of saves at " + endpoint + " has no bucket \"" + bucket + "\".",
        "Whoever runs this server should make it, or name another with --s3-bucket."};
}

Trouble s3Failed(const std::string& endpoint, const std::string& reason) {
    return {"s3-failed", "The store of saves at " + endpoint + " failed (" + reason + ").",
        "Try again in a moment; if it stays so, whoever runs this server should look at that store."};
}

}
