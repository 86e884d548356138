#pragma once
// What an ICE peer answers when another one asks whether it hears it: STUN (RFC 8489, RFC 8445).
#include <netinet/in.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cloudretro::worker {

struct IceCredentials {
    std::string user, password; // of characters that ICE allows
};
IceCredentials randomCredentials();

// The answer to a binding request that came from `sender`, IPv4 or IPv6. nullopt: the request is not one, or
// not made by somebody who knows the credentials. Never longer than the request, so that a lie about the
// sender gains nothing. Keeps nothing.
std::optional<std::vector<std::uint8_t>> answerStun(
    const IceCredentials& credentials, std::span<const std::uint8_t> request, const sockaddr_storage& sender);

}
