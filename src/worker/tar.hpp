#pragma once
// The files of a folder as one archive, and back. Neither side is trusted: a core writes into the folder, and
// somebody may have sent the archive. Any thread; they take their time.
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cloudretro::worker {

inline constexpr std::size_t maxTarBytes = std::size_t{64} << 20, maxTarFiles = 1000;

// The same bytes for the same files. Plain files only; nullopt: they cannot be read, or are too many or too
// large.
std::optional<std::string> packFolder(const std::filesystem::path& dir);

// False, with perhaps some of it done: no archive, or one that holds what no folder of ours would: links,
// other places, too much.
bool unpackFolder(std::string_view tar, const std::filesystem::path& dir);

}
