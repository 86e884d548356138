#pragma once
// The role `room`: one game with everyone in it. Holds the GStreamer pipelines and the emulator process.

namespace cloudretro::room {

// Descriptor that a room inherits: SOCK_SEQPACKET, one JSON message a packet (protocol.hpp, ToRoom,
// FromRoom).
inline constexpr int controlFd = 3;

// Warms up (plugins, DTLS key, emulator process), then serves the worker until CloseRoom or until it goes
// away. Ends the process itself.
[[noreturn]] int run();

}
