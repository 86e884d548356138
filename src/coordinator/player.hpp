#pragma once
// Who players are, and what they may be called.
#include <cstddef>
#include <string>

namespace cloudretro::coordinator {

inline constexpr std::size_t maxKey = 128, maxName = 64; // bytes

// The player whose secret key this is: others may know who a player is, but not the key that proves it.
std::string playerOf(const std::string& key);

// Names are shown to others: no line breaks, and nothing that turns the text around it.
std::string plainName(const std::string& name);
bool isSaneName(const std::string& name);

}
