#pragma once
// Names that came from elsewhere, before they become names of our files.
#include <string_view>

namespace cloudretro::base {

// One name of a file, which leads nowhere else: no folder, nothing that the system would not take.
inline bool isPlainName(std::string_view name) {
    constexpr std::size_t longest = 255; // bytes, of most file systems
    return !name.empty() && name.size() <= longest && name != "." && name != ".." &&
           name.find_first_of(std::string_view("/\0", 2)) == name.npos;
}

}
