#pragma once
#include "cloudretro/protocol.hpp"

#include <string_view>

namespace cloudretro::base {

// "stun:host:port", "turn:user:password@host:port", "turn:host:port"; throws Failure "config".
protocol::IceServer parseIceServer(std::string_view text);

}
