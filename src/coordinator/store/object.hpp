#pragma once
// Immutable bytes under their own name.
#include <memory>
#include <string>

namespace cloudretro::coordinator::store {

using Bytes = std::shared_ptr<const std::string>; // shared, so that nobody copies them while they are stored

struct Object {
    std::string hash; // of `bytes`: SHA-256, hexadecimal, lower case
    Bytes bytes;

    static Object of(std::string bytes);
};

}
