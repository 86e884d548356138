#pragma once
// What a room keeps of a game, so that it can go on elsewhere.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cloudretro::room {

using Bytes = std::shared_ptr<const std::vector<std::byte>>; // copied once, then shared

struct Snapshot {
    Bytes bytes;             // retro_serialize of this core and version
    std::uint64_t frame = 0; // frames that the game had run, through all its emulators in this room
    std::string core, version;
    int request = 0; // of takeSnapshot(); 0: automatic
};

}
