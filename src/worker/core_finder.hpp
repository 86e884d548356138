#pragma once
// Where the libretro cores of this machine are.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace cloudretro::worker {

// Libretro name ("nestopia") ▶ path of its .so. Pure: looks into `dirs`, the first one that has a core wins;
// what cannot be read is skipped.
std::map<std::string, std::string> findCores(const std::vector<std::filesystem::path>& dirs);

// The user's folders, then the build's or installation's own, then Debian's.
std::vector<std::filesystem::path> coreDirs(const std::vector<std::string>& given);

}
