// What an S3 server answers.
#include "coordinator/store/s3_xml.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace cloudretro::coordinator::store;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto listing = parseListing(text))
        for (const auto& entry : listing->entries)
            if (entry.key.empty()) std::abort();
    parseErrorCode(text);
    return 0;
}
