#include "worker/core_finder.hpp"

#include "base/config.hpp"

#include <algorithm>

namespace cloudretro::worker {

namespace fs = std::filesystem;

std::map<std::string, std::string> findCores(const std::vector<fs::path>& dirs) {
    constexpr std::string_view ending = "_libretro.so";
    std::map<std::string, std::string> cores;
    for (const auto& dir : dirs) {
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(dir, error)) {
            const auto file = entry.path().filename().string();
            if (!file.ends_with(ending) || !entry.is_regular_file(error)) continue;
            cores.try_emplace(
                file.substr(0, file.size() - ending.size()), fs::absolute(entry.path()).string());
        }
    }
    return cores;
}

std::vector<fs::path> coreDirs(const std::vector<std::string>& given) {
    std::vector<fs::path> dirs(given.begin(), given.end());
    dirs.push_back(base::binaryDir() / "cores" / "lib");
    dirs.insert(dirs.end(), {CLOUDRETRO_CORES_DIR, CLOUDRETRO_LIBRETRO_DIR, "/usr/lib/libretro"});
    return dirs;
}

}
