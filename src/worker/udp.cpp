#include "worker/udp.hpp"

#include <glib.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>

namespace cloudretro::worker {
namespace {

// Browsers check one pair of addresses every 50 ms or so: with more than these none would be done in time.
constexpr std::size_t maxCandidates = 4;

sockaddr_storage everywhere(int family, int port) {
    sockaddr_storage address{};
    address.ss_family = sa_family_t(family);
    const auto netPort = g_htons(guint16(port));
    if (family == AF_INET6)
        reinterpret_cast<sockaddr_in6&>(address).sin6_port = netPort;
    else
        reinterpret_cast<sockaddr_in&>(address).sin_port = netPort;
    return address;
}

// From the end of the range: rooms begin at its start.
bool bindWithin(const base::Fd& socket, int family, base::PortRange ports) {
    for (int port = ports.last; port >= ports.first; --port) {
        const auto address = everywhere(family, port);
        if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            return true;
    }
    return false;
}

void setOption(const base::Fd& socket, int level, int name, int value) {
    ::setsockopt(socket.get(), level, name, &value, sizeof value);
}

}

base::Fd openUdp(base::PortRange ports) {
    for (const int family : {AF_INET6, AF_INET}) {
        base::Fd socket(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        if (family == AF_INET6) {
            setOption(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
            setOption(socket, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
        } else
            setOption(socket, IPPROTO_IP, IP_PKTINFO, 1);
        if (socket && bindWithin(socket, family, ports)) return socket;
    }
    return {};
}

int portOf(const base::Fd& socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
    return g_ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port); // in the same place for IPv6
}

std::vector<std::string> hostCandidates(std::vector<std::string> addresses, int port) {
    if (addresses.empty()) addresses.push_back("127.0.0.1");
    std::vector<std::string> candidates;
    for (std::size_t i = 0; i < std::min(addresses.size(), maxCandidates); ++i) {
        const auto priority = (126u << 24) + ((65535u - unsigned(i)) << 8) + 255;
        candidates.push_back("candidate:" + std::to_string(i + 1) + " 1 udp " + std::to_string(priority) +
                             " " + addresses[i] + " " + std::to_string(port) + " typ host");
    }
    return candidates;
}

}
