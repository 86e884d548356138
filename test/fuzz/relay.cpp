// Whatever comes to the public port: whom it calls.
#include "worker/relay.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (const auto user = cloudretro::worker::calledUser({data, size}); user && user->size() > size)
        __builtin_trap();
    return 0;
}
