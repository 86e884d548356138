#pragma once
// A worker behind a router does not know the address by which others reach it; its coordinator sees it.
#include "cloudretro/protocol.hpp"

#include <string>

namespace cloudretro::coordinator {

// Adds the address from which the worker's own link came, with the port that its landmark has at home: a
// router that forwards ports forwards each to itself. Nothing happens for an address that is known or empty.
// Pure.
void alsoReachedAt(protocol::Landmark& landmark, const std::string& address);

}
