#pragma once
// toml++, set up one way for all who read TOML: parse errors are exceptions, turned into Failure here.
#include <toml++/toml.h>

#include <string>
#include <string_view>

namespace cloudretro::base {

// Both throw Failure "config", which names the place.
toml::table readToml(const std::string& path);
toml::table parseToml(std::string_view text, const std::string& origin);

}
