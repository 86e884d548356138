#pragma once
// zstd, one frame with a checksum.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cloudretro::base {

std::string compress(std::string_view bytes);

// Exactly `size` bytes, or nullopt: not a zstd frame, damaged, or of another size. Allocates no more than
// that.
std::optional<std::string> decompress(std::string_view compressed, std::size_t size);

// Whether decompress() would give so many bytes; needs no memory for them.
bool unpacksTo(std::string_view compressed, std::size_t size);

}
