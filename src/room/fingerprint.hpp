#pragma once
// Whether the browser that reached us is the one that answered: webrtcbin 1.22 does not check it (RFC 8827
// §6.5 asks it to).
#include <gst/sdp/sdp.h>

#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::room {

// The sha-256 fingerprints that a description names, in capitals: "A1:B2:…".
std::vector<std::string> fingerprintsOf(const GstSDPMessage* description);

// The same of a certificate in PEM; empty when it is none.
std::string fingerprintOf(std::string_view pem);

}
