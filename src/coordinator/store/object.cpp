#include "coordinator/store/object.hpp"

#include "base/sha256.hpp"

namespace cloudretro::coordinator::store {

Object Object::of(std::string bytes) {
    auto hash = base::sha256(bytes);
    return {std::move(hash), std::make_shared<const std::string>(std::move(bytes))};
}

}
