#include "base/host_addresses.hpp"

#include "base/fd.hpp"
#include "base/glib.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>

namespace cloudretro::base {
namespace {

bool isIp(const sockaddr* address) {
    return address && (address->sa_family == AF_INET || address->sa_family == AF_INET6);
}

socklen_t sizeOf(const sockaddr* address) {
    return address->sa_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
}

bool isLinkLocal(const sockaddr* address) {
    if (address->sa_family == AF_INET6)
        return IN6_IS_ADDR_LINKLOCAL(&reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr);
    return (ntohl(reinterpret_cast<const sockaddr_in*>(address)->sin_addr.s_addr) >> 16) == 0xa9fe;
}

std::string textOf(const sockaddr* address) {
    char text[INET6_ADDRSTRLEN] = "";
    ::getnameinfo(address, sizeOf(address), text, sizeof text, nullptr, 0, NI_NUMERICHOST);
    return text;
}

// The address from which this machine would write to `there`; empty: it could not. Sends nothing.
std::string sourceFor(const char* there) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(there, "9", &hints, &found) != 0) return {};
    const Owned<addrinfo, ::freeaddrinfo> target(found);
    const Fd socket(::socket(found->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    sockaddr_storage own{};
    auto* address = reinterpret_cast<sockaddr*>(&own);
    socklen_t size = sizeof own;
    if (::connect(socket.get(), found->ai_addr, found->ai_addrlen) != 0 ||
        ::getsockname(socket.get(), address, &size) != 0)
        return {};
    return textOf(address);
}

}

std::vector<std::string> hostAddresses() {
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0) return {};
    const Owned<ifaddrs, ::freeifaddrs> all(first);
    std::vector<std::string> addresses;
    for (const auto* one = first; one; one = one->ifa_next)
        if ((one->ifa_flags & IFF_UP) && !(one->ifa_flags & IFF_LOOPBACK) && isIp(one->ifa_addr) &&
            !isLinkLocal(one->ifa_addr))
            addresses.push_back(textOf(one->ifa_addr));
    // Addresses kept for documentation: they stand for anywhere.
    for (const auto& preferred : {sourceFor("2001:db8::1"), sourceFor("192.0.2.1")})
        if (const auto at = std::ranges::find(addresses, preferred); at != addresses.end())
            std::rotate(addresses.begin(), at, at + 1);
    return addresses;
}

}
