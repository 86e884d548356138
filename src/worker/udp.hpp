#pragma once
// UDP ports that browsers reach.
#include "base/config.hpp"
#include "base/fd.hpp"

#include <string>
#include <vector>

namespace cloudretro::worker {

// A socket at one port of the range (0-0: any), for both protocols, or for IPv4 where there is no IPv6. What
// comes tells by PKTINFO which address was asked: an answer has to leave by the same. Empty: no port is free.
base::Fd openUdp(base::PortRange ports);

int portOf(const base::Fd& socket);

// What ICE calls such a port at each of these addresses, of this machine or before it; the first is
// preferred. Few enough for a browser to try them all in time.
std::vector<std::string> hostCandidates(std::vector<std::string> addresses, int port);

}
