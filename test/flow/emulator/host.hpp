#pragma once
// A process that runs an emulator, as a room does, and does nothing else: something to kill.

namespace cloudretro::test {

// Sends the emulator's process id on descriptor 3 once the test card runs in it; never returns.
int runHost();

}
