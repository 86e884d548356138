#include "coordinator/lan_address.hpp"

#include "base/glib.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>

namespace cloudretro::coordinator {

std::optional<std::string> lanAddress() {
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0) return std::nullopt;
    const base::Owned<ifaddrs, ::freeifaddrs> all(first);
    for (const auto* one = first; one; one = one->ifa_next) {
        const bool usable = (one->ifa_flags & IFF_UP) && !(one->ifa_flags & IFF_LOOPBACK);
        if (!usable || !one->ifa_addr || one->ifa_addr->sa_family != AF_INET) continue;
        char text[INET_ADDRSTRLEN] = "";
        ::inet_ntop(
            AF_INET, &reinterpret_cast<const sockaddr_in*>(one->ifa_addr)->sin_addr, text, sizeof text);
        return text;
    }
    return std::nullopt;
}

}
