#pragma once
// Whole files. Any thread; they take their time.
#include <filesystem>
#include <string>
#include <string_view>

namespace cloudretro::base {

// Empty also where it cannot be read.
std::string readAll(const std::filesystem::path& file);

// For this account only. Under its name it is whole, whatever ends this process. Why not, for people; empty:
// it is there.
std::string writeWhole(const std::filesystem::path& file, std::string_view bytes);

}
