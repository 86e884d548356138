#pragma once
// The memory of room and emulator, without either.
#include "base/shared_memory.hpp"
#include "cloudretro/ipc.hpp"

#include <new>

namespace cloudretro::test {

struct Memory {
    base::SharedMemory bytes = base::SharedMemory::create(ipc::sharedBytes);
    ipc::Shared& shared = *new (bytes.data()) ipc::Shared;
};

}
