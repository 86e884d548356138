// What a room reads of the memory that it shares with foreign code: whatever stands there, it stays within
// it.
#include "base/shared_memory.hpp"
#include "room/frame.hpp"
#include "room/kept.hpp"

#include <cstdlib>
#include <cstring>
#include <new>

using namespace cloudretro;

namespace {

base::SharedMemory& memory() {
    static auto made = base::SharedMemory::create(ipc::sharedBytes);
    return made;
}

void checkInside(std::span<const std::byte> bytes, const std::byte* begin, std::size_t most) {
    if (bytes.data() != begin || bytes.size() > most) std::abort();
}

}

// Bytes for the headers of frames, then those of what was kept.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto& shared = *new (memory().data()) ipc::Shared;
    const auto take = [&](auto& into) {
        const auto count = std::min(size, sizeof into);
        std::memcpy(static_cast<void*>(&into), data, count);
        data += count;
        size -= count;
    };
    take(shared.keptHeaders);
    take(shared.frames);
    for (std::uint64_t number = 1; number <= 4; ++number) {
        shared.published = number;
        if (const auto frame = room::readFrame(shared, number); frame && !frame->header.duplicate)
            checkInside(frame->pixels, ipc::slot(shared, number), ipc::slotBytes);
        if (const auto kept = room::readKept(shared, number))
            checkInside(kept->bytes, ipc::keptSlot(shared, number), ipc::keptBytes);
    }
    return 0;
}
