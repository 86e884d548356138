// The list of an export that somebody else made.
#include "coordinator/store/manifest.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace cloudretro::coordinator::store;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto slots = readManifest({reinterpret_cast<const char*>(data), size});
    if (!slots) return 0;
    for (const auto& slot : *slots) {
        int current = 0;
        for (const auto& version : slot) current += version.current;
        if (current != 1 || faultOf(slot.front().key)) std::abort();
    }
    return 0;
}
