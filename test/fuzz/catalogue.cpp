// A catalogue that somebody wrote by hand.
#include "coordinator/catalogue.hpp"
#include "base/failure.hpp"

#include <cstddef>
#include <cstdint>

using namespace cloudretro;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    coordinator::Catalogue catalogue;
    try {
        catalogue.add({reinterpret_cast<const char*>(data), size}, "fuzz");
    } catch (const base::Failure&) { // the only way in which it may fail
    }
    return 0;
}
