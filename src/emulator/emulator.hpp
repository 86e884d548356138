#pragma once
// The role `emulator`: one libretro core and one game, in a process of its own.

namespace cloudretro::emulator {

// Serves the room on the descriptors of ipc.hpp until it says Quit, goes away, or the game ends. Returns the
// exit code. The whole process is one thread of ours.
int run();

}
