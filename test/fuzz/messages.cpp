// What browsers send, up to where it is believed: decoding, and encoding again what was decoded.
#include "base/json.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace cloudretro;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto message = base::decode<protocol::FromBrowser>(text);
    if (!message) return 0;
    const auto again = std::visit([](const auto& m) { return base::encode(m); }, *message);
    if (again.size() <= base::maxMessageBytes && !base::decode<protocol::FromBrowser>(again)) std::abort();
    return 0;
}
