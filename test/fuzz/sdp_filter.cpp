// The filters of SDP and candidates.
#include "coordinator/sdp_filter.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace cloudretro::coordinator;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (isSaneSdp(text) && std::count(text.begin(), text.end(), '\n') > 256) std::abort();
    if (isSaneSdp(text) && text.find('\0') != text.npos) std::abort();
    if (isSaneCandidate(text) && text.find('\n') != text.npos) std::abort();
    return 0;
}
