#include "coordinator/reflexive.hpp"

#include <sstream>

namespace cloudretro::coordinator {

void alsoReachedAt(protocol::Landmark& landmark, const std::string& address) {
    if (address.empty() || landmark.candidates.empty()) return;
    for (const auto& candidate : landmark.candidates)
        if (candidate.find(" " + address + " ") != candidate.npos) return;
    std::istringstream words(landmark.candidates.front());
    std::string foundation, component, transport, priority, home, port;
    if (!(words >> foundation >> component >> transport >> priority >> home >> port)) return;
    landmark.candidates.push_back("candidate:99 1 udp 1694498815 " + address + " " + port + " typ host");
}

}
