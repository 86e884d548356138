#pragma once
// Which files belong together: the tracks of a disc, the discs of a game, the firmware of a core.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::coordinator {

// An OpenRoom that names them all must fit into one message.
inline constexpr std::size_t maxGameFiles = 112, maxFirmwareFiles = 40;
inline constexpr std::uintmax_t maxFirmwareBytes = 64 << 20; // where nobody knows what the core needs

// The files that a list names, each once: a cue, toc, gdi or m3u file, by its `extension` (any case, no dot).
// Only plain names: what lies in another folder does not belong to the game. Pure.
std::vector<std::string> namesIn(std::string_view extension, std::string_view text);

// The paths of the files in the firmware entries of a core's info file (libretro-core-info). Pure.
std::vector<std::string> firmwareIn(std::string_view info);

// `game` and what lies beside it and belongs to it, as far as it exists.
std::vector<std::filesystem::path> filesOf(const std::filesystem::path& game);

// What of `systemDir` a core may ask for: what its info file says, else all as far as maxFirmwareBytes go.
std::vector<std::filesystem::path> firmwareOf(
    const std::filesystem::path& systemDir, const std::filesystem::path& info);

}
