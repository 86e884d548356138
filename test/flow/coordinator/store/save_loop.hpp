#pragma once
// What the program that is killed saves, so that its parent knows it when it reads it back.
#include "coordinator/store/save_index.hpp"

#include <cstdint>
#include <string>

namespace cloudretro::test {

inline coordinator::store::SaveKey slotOf(int slot) {
    return {"ann", "nes/flash", coordinator::store::Kind::State, std::to_string(slot)};
}

// Bytes that follow from the number: up to 64 KiB, half of which do not compress.
inline std::string contentOf(std::uint64_t number) {
    std::uint64_t x = number * 6364136223846793005ULL + 1442695040888963407ULL;
    std::string bytes(1 + (x >> 40) % 65536, 's');
    for (std::size_t i = 0; i < bytes.size() / 2; ++i)
        bytes[i] = char((x = x * 6364136223846793005ULL + 1442695040888963407ULL) >> 56);
    return bytes;
}

}
