// Forms: what workers send to be saved.
#include "base/multipart.hpp"

#include <cstdint>
#include <string>

// The first line is the header that names the type, the rest the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string all(reinterpret_cast<const char*>(data), size);
    const auto line = all.find('\n');
    if (line == all.npos || all.find_first_of(std::string_view("\0\r", 2)) < line)
        return 0; // no header has these
    cloudretro::base::readForm(all.substr(0, line), all.substr(line + 1));
    return 0;
}
