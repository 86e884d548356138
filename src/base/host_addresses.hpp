#pragma once
// The addresses of this machine by which others may reach it.
#include <string>
#include <vector>

namespace cloudretro::base {

// As text; those by which this machine reaches others come first. No loopback, nothing link-local. What they
// are can change at any time.
std::vector<std::string> hostAddresses();

}
