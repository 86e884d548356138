#pragma once
// saves.json: what an export says of the saves whose objects lie beside it.
#include "coordinator/store/save_index.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::coordinator::store {

std::string writeManifest(const std::vector<Version>& versions);

// One list for each slot, in the order of their sequence, one of them current. Nullopt: not a manifest, or
// one with anything in it that this program would not have written.
std::optional<std::vector<std::vector<Version>>> readManifest(std::string_view text);

}
