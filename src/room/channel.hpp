#pragma once
// Sending on a peer's data channel.
#include "base/gst.hpp"

#include <cstddef>
#include <span>

namespace cloudretro::room {

// Never waits: what would stand behind others that the peer was not sent yet is dropped, and so is what comes
// before the channel is open or after. Not within a callback of the channel.
void sendIfNow(GObject* channel, std::span<const std::byte> bytes);

}
