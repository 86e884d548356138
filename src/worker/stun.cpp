#include "worker/stun.hpp"

#include "base/secret.hpp"

#include <stun/stunagent.h>

#include <algorithm>
#include <string_view>

namespace cloudretro::worker {
namespace {

// base64url, but for the two characters that ICE does not know.
std::string iceString(std::size_t bytes) {
    auto text = base::randomId(bytes);
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    return text;
}

// USERNAME is "<ours>:<theirs>".
bool findPassword(StunAgent*, StunMessage*, std::uint8_t* name, std::uint16_t size, std::uint8_t** password,
    std::size_t* passwordSize, void* data) {
    auto& credentials = *static_cast<IceCredentials*>(data);
    const std::string_view user(reinterpret_cast<const char*>(name), size);
    if (!user.starts_with(credentials.user + ":")) return false;
    *password = reinterpret_cast<std::uint8_t*>(credentials.password.data());
    *passwordSize = credentials.password.size();
    return true;
}

// A socket for both protocols shows IPv4 as a kind of IPv6.
sockaddr_storage plain(const sockaddr_storage& address) {
    const auto& wide = reinterpret_cast<const sockaddr_in6&>(address);
    if (address.ss_family != AF_INET6 || !IN6_IS_ADDR_V4MAPPED(&wide.sin6_addr)) return address;
    sockaddr_storage narrow{};
    auto& ip = reinterpret_cast<sockaddr_in&>(narrow);
    ip.sin_family = AF_INET;
    ip.sin_port = wide.sin6_port;
    std::copy_n(wide.sin6_addr.s6_addr + 12, 4, reinterpret_cast<std::uint8_t*>(&ip.sin_addr));
    return narrow;
}

StunAgent agent() {
    static constexpr std::uint16_t known[] = {STUN_ATTRIBUTE_USERNAME, STUN_ATTRIBUTE_MESSAGE_INTEGRITY,
        STUN_ATTRIBUTE_PRIORITY, STUN_ATTRIBUTE_USE_CANDIDATE, 0};
    StunAgent made;
    stun_agent_init(&made, known, STUN_COMPATIBILITY_RFC5389,
        StunAgentUsageFlags(STUN_AGENT_USAGE_SHORT_TERM_CREDENTIALS | STUN_AGENT_USAGE_USE_FINGERPRINT));
    return made;
}

}

// The name is so long that no request is shorter than its answer with an IPv6 address.
IceCredentials randomCredentials() { return {iceString(15), iceString(24)}; }

std::optional<std::vector<std::uint8_t>> answerStun(const IceCredentials& credentials,
    std::span<const std::uint8_t> request, const sockaddr_storage& sender) {
    auto stun = agent();
    auto shown = credentials; // libnice takes it as writable
    StunMessage asked;
    if (stun_agent_validate(&stun, &asked, request.data(), request.size(), findPassword, &shown) !=
            STUN_VALIDATION_SUCCESS ||
        stun_message_get_class(&asked) != STUN_REQUEST || stun_message_get_method(&asked) != STUN_BINDING ||
        !asked.key) // it says who it is, but does not prove it
        return std::nullopt;
    std::vector<std::uint8_t> bytes(request.size());
    StunMessage answer;
    const auto from = plain(sender);
    if (!stun_agent_init_response(&stun, &answer, bytes.data(), bytes.size(), &asked) ||
        stun_message_append_xor_addr(&answer, STUN_ATTRIBUTE_XOR_MAPPED_ADDRESS, &from, sizeof from) !=
            STUN_MESSAGE_RETURN_SUCCESS)
        return std::nullopt;
    bytes.resize(stun_agent_finish_message(&stun, &answer, nullptr, 0));
    if (bytes.empty()) return std::nullopt;
    return bytes;
}

}
