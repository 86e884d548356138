#pragma once
// The parts of a form that came as multipart/form-data.
#include <map>
#include <optional>
#include <string>

namespace cloudretro::base {

// By name; nullopt: something else, or broken. `contentType`: the request's header as it came.
std::optional<std::map<std::string, std::string>> readForm(
    const std::string& contentType, const std::string& body);

}
