#pragma once
// Where a save belongs: whose, of which game, and in which slot.
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace cloudretro::coordinator::store {

enum class Kind { Sram, State, Files };
const char* nameOf(Kind kind);
std::optional<Kind> kindOf(std::string_view name);

// A place for saves. A slot is "auto", "1" to "9", or a name.
struct SaveKey {
    std::string profile, game;
    Kind kind = Kind::State;
    std::string slot = "auto";
    auto operator<=>(
        const SaveKey&) const = default; // NOLINT(modernize-use-nullptr): clang-tidy 14's mistake
};

// "1" to "9", where a person saves.
bool isNumbered(const std::string& slot);

// What is wrong with it, as the end of a sentence; nothing for a good one.
std::optional<std::string> faultOf(const SaveKey& key);

}
