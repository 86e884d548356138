#include "coordinator/sdp_filter.hpp"

#include <glib.h>

#include <algorithm>

namespace cloudretro::coordinator {
namespace {

constexpr std::size_t maxSdpBytes = 64 << 10, maxCandidateBytes = 512;
constexpr int maxLines = 256, maxMediaSections = 4;

}

bool isSaneSdp(std::string_view sdp) {
    if (sdp.size() > maxSdpBytes || !sdp.starts_with("v=0")) return false;
    if (!g_utf8_validate_len(sdp.data(), sdp.size(), nullptr)) return false; // which NUL is not
    int lines = 0, sections = 0;
    while (!sdp.empty()) {
        const auto end = std::min(sdp.find('\n'), sdp.size());
        if (sdp.starts_with("m=")) ++sections;
        if (++lines > maxLines || sections > maxMediaSections) return false;
        sdp.remove_prefix(std::min(end + 1, sdp.size()));
    }
    return true;
}

bool isSaneCandidate(std::string_view candidate) {
    return candidate.size() <= maxCandidateBytes &&
           std::all_of(candidate.begin(), candidate.end(), [](char c) { return g_ascii_isprint(c); });
}

}
