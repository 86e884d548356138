#include "coordinator/ice_servers.hpp"

#include "base/config.hpp"
#include "base/failure.hpp"

#include <catch2/catch.hpp>

using cloudretro::base::parseIceServer;
using cloudretro::coordinator::IceServers;

namespace {

const IceServers::Time start{std::chrono::seconds(1'700'000'000)};

}

TEST_CASE("a relay that shares our secret takes credentials that expire a day later") {
    const IceServers servers({parseIceServer("turn:relay.example:3478")}, "shared with coturn");
    const auto issued = servers.issue(start);
    REQUIRE(issued.size() == 1);
    CHECK(issued[0].urls.front() == "turn:relay.example:3478");
    CHECK(issued[0].username == "1700086400");
    CHECK(issued[0].credential == "rz1QRE+MlXOQ24l/F3aEd4AhhVw=");
    CHECK(servers.issue(start + std::chrono::hours(1))[0].credential != issued[0].credential);
}

TEST_CASE("a server with a user keeps it, and a STUN server needs none") {
    const IceServers servers(
        {parseIceServer("turn:me:mine@relay.example:3478"), parseIceServer("stun:stun.example:3478")},
        "secret");
    const auto issued = servers.issue(start);
    REQUIRE(issued.size() == 2);
    CHECK(issued[0].username == "me");
    CHECK(issued[0].credential == "mine");
    CHECK(issued[1].username.empty());
    CHECK(issued[1].credential.empty());
}

TEST_CASE("a relay that nobody could use is refused at the start") {
    CHECK_NOTHROW(IceServers({parseIceServer("stun:stun.example:3478")}));
    CHECK_THROWS_AS(IceServers({parseIceServer("turn:relay.example:3478")}), cloudretro::base::Failure);
}
