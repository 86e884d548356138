#pragma once
// What the emulator kept in shared memory, as far as it makes sense.
#include "cloudretro/ipc.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace cloudretro::room {

struct Kept {
    ipc::KeptHeader header; // a copy: the emulator may write on
    std::span<const std::byte> bytes;
};

// nullopt: nothing that an emulator of ours would say of its `number`th.
std::optional<Kept> readKept(ipc::Shared& shared, std::uint64_t number);

}
