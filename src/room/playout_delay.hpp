#pragma once
// The RTP header extension that tells a browser to show each picture at once.
#include "base/gst.hpp"

namespace cloudretro::room {

inline constexpr const char* playoutDelayUri = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
inline constexpr unsigned playoutDelayId = 5; // any of 1..14; in our offers and packets

// Writes minimum 0 and maximum 0: Chromium then neither smooths nor waits for sound (libwebrtc's
// UseLowLatencyRendering); without it, pictures wait 10 to 100 ms in its jitter buffer.
// https://webrtc.googlesource.com/src/+/main/docs/native-code/rtp-hdrext/playout-delay
base::Ref<GstElement> makePlayoutDelay(); // a GstRTPHeaderExtension with its id set

}
