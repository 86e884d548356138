#include "coordinator/store/save_key.hpp"

#include <glib.h>

#include <algorithm>
#include <array>
#include <utility>

namespace cloudretro::coordinator::store {
namespace {

constexpr std::array<std::pair<Kind, const char*>, 3> kinds{
    {{Kind::Sram, "sram"}, {Kind::State, "state"}, {Kind::Files, "files"}}};

bool isText(const std::string& text, std::size_t most) {
    return !text.empty() && text.size() <= most &&
           g_utf8_validate(text.data(), gssize(text.size()), nullptr) &&
           std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

}

const char* nameOf(Kind kind) {
    for (const auto& [value, name] : kinds)
        if (value == kind) return name;
    return "";
}

std::optional<Kind> kindOf(std::string_view name) {
    for (const auto& [value, known] : kinds)
        if (known == name) return value;
    return std::nullopt;
}

bool isNumbered(const std::string& slot) { return slot.size() == 1 && slot[0] >= '1' && slot[0] <= '9'; }

std::optional<std::string> faultOf(const SaveKey& key) {
    if (!isText(key.profile, 128)) return "its profile has no valid name";
    if (!isText(key.game, 1024)) return "its game has no valid name";
    if (!isText(key.slot, 128)) return "its slot has no valid name";
    return std::nullopt;
}

}
