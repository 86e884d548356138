#pragma once
// Structured logging through GLib (journald-ready): one sentence, and fields of its own for room and peer.
#include <string_view>

namespace cloudretro::base {

// Names the process in every line: "coordinator", "worker", "room", "emulator". Call once, before any other.
// Stderr: never to the journal's own socket, not even where stderr leads to the journal.
// GLib shows debug lines when G_MESSAGES_DEBUG is "cloudretro" or "all"; children inherit that.
enum class LogTo { Anywhere, Stderr };
void startLog(std::string_view role, LogTo where = LogTo::Anywhere);

// Any thread. `subject` is what the line is about (a room, a peer, a worker); may be empty.
void logDebug(std::string_view message, std::string_view subject = {});
void logInfo(std::string_view message, std::string_view subject = {});
void logWarning(std::string_view message, std::string_view subject = {});

}
