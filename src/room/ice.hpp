#pragma once
// By which ways a peer is reached.
#include "base/gst.hpp"
#include "cloudretro/protocol.hpp"

#include <vector>

namespace cloudretro::room {

// UDP ports that media may use; 0: any.
struct Ports {
    unsigned first = 0, last = 0;
    bool relayed = false; // of the loopback alone: a process of this machine leads browsers there
};

// Before the webrtcbin is READY.
void configureIce(GstElement* webrtc, const Ports& ports, const std::vector<protocol::IceServer>& servers);

}
