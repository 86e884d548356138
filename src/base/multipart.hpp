#pragma once
// Forms as multipart/form-data.
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cloudretro::base {

struct FormPart {
    std::string name, type, bytes;
};
struct Form {
    std::string contentType, body; // of the request
};
Form writeForm(const std::vector<FormPart>& parts);

// The parts by name; nullopt: something else, or broken. `contentType`: the request's header as it came.
std::optional<std::map<std::string, std::string>> readForm(
    const std::string& contentType, const std::string& body);

}
