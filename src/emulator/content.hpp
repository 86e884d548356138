#pragma once
// A game's file, as libretro hands it to a core.
#include <libretro.h>

#include <string>
#include <vector>

namespace cloudretro::emulator {

// Must outlive the loaded game: cores keep pointers into it.
class Content {
public:
    // Reads the file, unless the core wants only its path. An empty path: no game, for a core that is one
    // itself. Throws Failure "missing-game" or "broken-game".
    Content(const std::string& path, bool wantsPath);
    Content(const Content&) = delete;
    Content& operator=(const Content&) = delete;

    const retro_game_info* info() const { return path_.empty() ? nullptr : &info_; }
    const retro_game_info_ext* extended() const { return path_.empty() ? nullptr : &extended_; }

private:
    std::string path_, directory_, name_, extension_;
    std::vector<char> bytes_;
    retro_game_info info_{};
    retro_game_info_ext extended_{};
};

// "nes": in lower case, without the dot.
std::string extensionOf(const std::string& path);

}
