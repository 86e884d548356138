#include "coordinator/lan_address.hpp"

#include "base/host_addresses.hpp"

namespace cloudretro::coordinator {

std::optional<std::string> lanAddress() {
    for (const auto& address : base::hostAddresses())
        if (address.find(':') == address.npos) return address;
    return std::nullopt;
}

}
