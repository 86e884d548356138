#pragma once
// Where friends on the same network find this machine.
#include <optional>
#include <string>

namespace cloudretro::coordinator {

// The first IPv4 address of an interface that is up and leads somewhere else.
std::optional<std::string> lanAddress();

}
