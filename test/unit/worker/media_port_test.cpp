#include "worker/media_port.hpp"

#include "base/failure.hpp"
#include "worker/udp.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using namespace cloudretro::worker;
using namespace cloudretro::protocol;

namespace {

int freePort() { return portOf(openUdp({})); }

PeerCandidate inRoom(const std::string& address, int line = 0) {
    return {"room", "peer", line, "candidate:1 1 udp 2015363327 " + address + " 40000 typ host"};
}

const PeerOffer offer{"room", "peer", "v=0\r\na=ice-ufrag:Ab3+\r\na=ice-pwd:x\r\n"};

}

TEST_CASE("browsers are told the media port at the public address first, once for each peer") {
    const int port = freePort();
    MediaPort media(port, {"203.0.113.7"});
    CHECK(std::get<PeerOffer>(media.translate(offer)->at(0)).sdp == offer.sdp);
    CHECK(media.translate(inRoom("192.168.1.2"))->empty());
    const auto told = media.translate(inRoom("127.0.0.1"));
    REQUIRE_FALSE(told->empty());
    const auto& first = std::get<PeerCandidate>(told->front());
    CHECK(first.candidate.find(" 203.0.113.7 " + std::to_string(port) + " typ host") != std::string::npos);
    CHECK(first.peer == "peer");
    CHECK(media.translate(inRoom("127.0.0.1", 1))->empty());

    media.forget("room", "peer");
    media.translate(offer);
    CHECK_FALSE(media.translate(inRoom("127.0.0.1"))->empty());
}

TEST_CASE("a candidate before any offer, or one that makes no sense, leads nowhere") {
    MediaPort media(freePort(), {});
    CHECK(media.translate(inRoom("127.0.0.1"))->empty());
    media.translate(offer);
    for (const auto* text :
        {"", "candidate:1 1 udp", "candidate:1 1 tcp 1 127.0.0.1 9 typ host", "x x x x 127.0.0.1 y"})
        CHECK(media.translate(PeerCandidate{"room", "peer", 0, text})->empty());
    CHECK_FALSE(media.translate(RoomOpened{}).has_value());
}

TEST_CASE("a media port that is taken is refused at the start, in words") {
    const int port = freePort();
    const auto taken = openUdp({port, port});
    CHECK_THROWS_WITH(MediaPort(port, {}), Catch::Contains(std::to_string(port)));
}
