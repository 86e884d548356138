#include "coordinator/sdp_filter.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace cloudretro::coordinator;
using namespace std::string_literals;

namespace {

const std::string head = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

std::string repeat(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

}

TEST_CASE("an answer as browsers write it passes") {
    CHECK(isSaneSdp(head + repeat("m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n", 3)));
    CHECK(isSaneSdp(head + repeat("m=audio 9 x 0\r\n", 4) + repeat("a=x\r\n", 248)));
}

TEST_CASE("an SDP that no browser writes does not pass") {
    CHECK_FALSE(isSaneSdp(""));
    CHECK_FALSE(isSaneSdp("hello"));
    CHECK_FALSE(isSaneSdp(head + repeat("m=audio 9 x 0\r\n", 5)));
    CHECK_FALSE(isSaneSdp(head + repeat("a=x\r\n", 253)));
    CHECK_FALSE(isSaneSdp(head + repeat("\n", 253)));
    CHECK_FALSE(isSaneSdp(head + "a=" + std::string(64 * 1024, 'x') + "\r\n"));
    CHECK_FALSE(isSaneSdp(head + "a=\xff\xfe\r\n"));
    CHECK_FALSE(isSaneSdp(head + "a=\0\r\n"s));
}

TEST_CASE("a candidate is one printable line of some length") {
    CHECK(isSaneCandidate(""));
    CHECK(isSaneCandidate("candidate:1 1 UDP 2015363327 192.0.2.1 50575 typ host generation 0"));
    CHECK_FALSE(isSaneCandidate("candidate:1\r\na=evil"));
    CHECK_FALSE(isSaneCandidate("candidate:\0"s + "x"));
    CHECK_FALSE(isSaneCandidate("candidate:\xc3\xbc"));
    CHECK(isSaneCandidate(std::string(512, 'x')));
    CHECK_FALSE(isSaneCandidate(std::string(513, 'x')));
}
