#pragma once
// The first look at what browsers say about media, before anything that was written in C parses it.
#include <string_view>

namespace cloudretro::coordinator {

inline constexpr int maxCandidates = 64; // of one peer

// At most 64 KiB, 256 lines, 4 media sections; UTF-8 without NUL; begins with "v=0".
bool isSaneSdp(std::string_view sdp);

// One line of at most 512 printable characters. Empty means the end of candidates.
bool isSaneCandidate(std::string_view candidate);

}
