#pragma once
// A real ICE peer, libnice's own, as far as asking somebody whether they hear it.
#include <arpa/inet.h>
#include <catch2/catch.hpp>
#include <stun/usages/ice.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cloudretro::test {

using Bytes = std::vector<std::uint8_t>;

struct Asker {
    explicit Asker(StunAgentUsageFlags flags = STUN_AGENT_USAGE_USE_FINGERPRINT) {
        static constexpr std::uint16_t known[] = {STUN_ATTRIBUTE_XOR_MAPPED_ADDRESS,
            STUN_ATTRIBUTE_MESSAGE_INTEGRITY, STUN_ATTRIBUTE_USERNAME, STUN_ATTRIBUTE_ERROR_CODE, 0};
        stun_agent_init(&agent, known, STUN_COMPATIBILITY_RFC5389,
            StunAgentUsageFlags(STUN_AGENT_USAGE_SHORT_TERM_CREDENTIALS | flags));
    }

    Bytes ask(std::string name, const std::string& with) {
        password = with;
        Bytes bytes(600);
        StunMessage message;
        bytes.resize(stun_usage_ice_conncheck_create(&agent, &message, bytes.data(), bytes.size(),
            reinterpret_cast<const std::uint8_t*>(name.data()), name.size(), key(), password.size(), true,
            true, 1, 2, nullptr, STUN_USAGE_ICE_COMPATIBILITY_RFC5245));
        REQUIRE_FALSE(bytes.empty());
        return bytes;
    }
    // Our address as the answer names it; empty: not a valid answer.
    std::string understand(const Bytes& answer) {
        StunMessage message;
        sockaddr_storage mapped{};
        socklen_t size = sizeof mapped;
        if (stun_agent_validate(&agent, &message, answer.data(), answer.size(), nullptr, nullptr) !=
                STUN_VALIDATION_SUCCESS ||
            stun_message_find_xor_addr(&message, STUN_ATTRIBUTE_XOR_MAPPED_ADDRESS, &mapped, &size) !=
                STUN_MESSAGE_RETURN_SUCCESS)
            return {};
        char text[INET6_ADDRSTRLEN] = "";
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(mapped);
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(mapped);
        if (mapped.ss_family == AF_INET)
            ::inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
        else
            ::inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
        return std::string(text) + " " + std::to_string(ntohs(v4.sin_port));
    }
    const std::uint8_t* key() const { return reinterpret_cast<const std::uint8_t*>(password.data()); }

    StunAgent agent;
    std::string password; // the agent remembers where it is
};

}
