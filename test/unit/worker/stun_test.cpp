#include "worker/stun.hpp"

#include "asker.hpp"

#include <arpa/inet.h>
#include <catch2/catch.hpp>

using namespace cloudretro::worker;
using namespace cloudretro::test;

namespace {

const IceCredentials ours = randomCredentials();

sockaddr_storage address(const char* text, int port) {
    sockaddr_storage made{};
    auto& v4 = reinterpret_cast<sockaddr_in&>(made);
    auto& v6 = reinterpret_cast<sockaddr_in6&>(made);
    if (::inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(std::uint16_t(port));
    } else {
        REQUIRE(::inet_pton(AF_INET6, text, &v6.sin6_addr) == 1);
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(std::uint16_t(port));
    }
    return made;
}

}

TEST_CASE("who knows the credentials is told where the question came from") {
    const auto [from, told] = GENERATE(std::pair("192.0.2.7", "192.0.2.7 4711"),
        std::pair("2001:db8::7", "2001:db8::7 4711"), std::pair("::ffff:192.0.2.7", "192.0.2.7 4711"));
    Asker asker;
    const auto request = asker.ask(ours.user + ":theirs", ours.password);
    const auto answer = answerStun(ours, request, address(from, 4711));
    REQUIRE(answer);
    CHECK(answer->size() <= request.size());
    CHECK(asker.understand(*answer) == told);
}

TEST_CASE("no question is shorter than its answer") {
    Asker asker;
    Bytes bytes(600);
    StunMessage message;
    REQUIRE(stun_agent_init_request(&asker.agent, &message, bytes.data(), bytes.size(), STUN_BINDING));
    const auto name = ours.user + ":";
    stun_message_append_string(&message, STUN_ATTRIBUTE_USERNAME, name.c_str());
    bytes.resize(stun_agent_finish_message(&asker.agent, &message,
        reinterpret_cast<const std::uint8_t*>(ours.password.data()), ours.password.size()));
    const auto answer = answerStun(ours, bytes, address("2001:db8::7", 1));
    REQUIRE(answer);
    CHECK(answer->size() <= bytes.size());
}

TEST_CASE("who does not know the credentials gets no answer") {
    const auto from = address("192.0.2.7", 4711);
    const auto answers = [&](const std::string& name, const std::string& password,
                             StunAgentUsageFlags flags = STUN_AGENT_USAGE_USE_FINGERPRINT) {
        return answerStun(ours, Asker(flags).ask(name, password), from).has_value();
    };
    CHECK(answers(ours.user + ":x", ours.password));
    CHECK_FALSE(answers(ours.user + ":x", "wrong"));
    CHECK_FALSE(answers(ours.user, ours.password));
    CHECK_FALSE(answers("x" + ours.user + ":x", ours.password));
    CHECK_FALSE(answers("somebody:x", ours.password));
    CHECK_FALSE(answers(ours.user + ":x", ours.password, StunAgentUsageFlags(0))); // no fingerprint
}

TEST_CASE("a question without proof, damaged, cut off or of another kind gets no answer") {
    const auto from = address("192.0.2.7", 4711);
    Asker asker;
    const auto good = asker.ask(ours.user + ":x", ours.password);
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto bad = good;
        bad[i] ^= 1;
        INFO("byte " << i);
        CHECK_FALSE(answerStun(ours, bad, from));
        CHECK_FALSE(answerStun(ours, {good.data(), i}, from));
    }
    const auto other = [&](auto init) {
        Bytes bytes(600);
        StunMessage message;
        init(&message, bytes);
        stun_message_append_string(&message, STUN_ATTRIBUTE_USERNAME, (ours.user + ":x").c_str());
        bytes.resize(stun_agent_finish_message(&asker.agent, &message, asker.key(), asker.password.size()));
        return bytes;
    };
    CHECK_FALSE(answerStun(ours, other([&](StunMessage* m, Bytes& b) {
        stun_agent_init_indication(&asker.agent, m, b.data(), b.size(), STUN_BINDING);
    }),
        from));
    CHECK_FALSE(answerStun(ours, other([&](StunMessage* m, Bytes& b) {
        stun_agent_init_request(&asker.agent, m, b.data(), b.size(), STUN_ALLOCATE);
    }),
        from));
    CHECK_FALSE(answerStun(ours, {}, from));
}

TEST_CASE("credentials are of ICE's characters and never the same") {
    const auto other = randomCredentials();
    CHECK(other.user != ours.user);
    CHECK(other.password != ours.password);
    for (const auto& text : {other.user, other.password})
        CHECK(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") ==
              std::string::npos);
    CHECK(other.password.size() >= 22);
}
