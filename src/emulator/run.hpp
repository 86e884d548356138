#pragma once
// Why a core runs a frame.
namespace cloudretro::emulator {

enum class Run {
    Fresh, // the game's next
    Again, // the last once more, with what was pressed since: it counts instead
    Same,  // the last once more, with the very same input
    Ahead, // one that will not have been: only to be looked at
};

}
