#include "coordinator/reflexive.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using namespace cloudretro::coordinator;

namespace {

std::vector<std::string> reachedAt(std::vector<std::string> candidates, const std::string& address) {
    protocol::Landmark landmark;
    landmark.candidates = std::move(candidates);
    alsoReachedAt(landmark, address);
    return landmark.candidates;
}

const std::string home = "candidate:1 1 udp 2130706431 10.0.0.2 50007 typ host";

}

TEST_CASE(
    "a worker behind a router is also reached at the address that the coordinator sees, at the same port") {
    const auto candidates = reachedAt({home}, "198.51.100.4");
    REQUIRE(candidates.size() == 2);
    CHECK(candidates[0] == home);
    CHECK_THAT(candidates[1], Catch::Contains(" 198.51.100.4 50007 typ host"));
}

TEST_CASE("an address that is known or none adds nothing, nor does a landmark that is none") {
    CHECK(reachedAt({home}, "10.0.0.2").size() == 1);
    CHECK(reachedAt({home}, "").size() == 1);
    CHECK(reachedAt({}, "198.51.100.4").empty());
    CHECK(reachedAt({"garbage"}, "198.51.100.4").size() == 1);
}
