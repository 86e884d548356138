// Lists of files that came with a game, and what cores say of their firmware.
#include "coordinator/companions.hpp"
#include "base/plain_name.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace cloudretro;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto check = [](const std::vector<std::string>& names) {
        for (const auto& name : names)
            if (!base::isPlainName(name)) std::abort();
    };
    for (const auto* kind : {"cue", "toc", "gdi", "m3u"}) check(coordinator::namesIn(kind, text));
    check(coordinator::firmwareIn(text));
    return 0;
}
