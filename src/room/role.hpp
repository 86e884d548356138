#pragma once
// The role `room`: one game with everyone in it. Holds the GStreamer pipelines and the emulator process.

namespace cloudretro::room {

// Warms up (plugins, DTLS key, emulator process), then serves the worker on ipc::roomControlFd until
// CloseRoom or until it goes away. Ends the process itself.
[[noreturn]] int run();

}
