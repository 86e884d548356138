#pragma once
// A frame of the emulator as the room sees it: checked, and still in shared memory.
#include "cloudretro/ipc.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cloudretro::room {

struct Frame {
    ipc::FrameHeader header;           // our copy
    std::span<const std::byte> pixels; // height rows of `pitch` bytes in shared memory; empty: a duplicate
};

// Whether a header that the emulator wrote may be used as it stands: known format and rotation, a size within
// ipc::maxWidth × ipc::maxHeight, rows that hold their pixels, and all of it inside one slot.
bool isSound(const ipc::FrameHeader& header);

// Frame `number` out of shared memory; nullopt when the emulator has written over it meanwhile, or it is not
// sound. The pixels may still change under the reader: stillThere() after reading says whether they did.
std::optional<Frame> readFrame(ipc::Shared& shared, std::uint64_t number);
bool stillThere(const ipc::Shared& shared, std::uint64_t number);

}
