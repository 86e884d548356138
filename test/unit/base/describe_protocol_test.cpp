#include "base/describe_protocol.hpp"
#include "base/json.hpp"

#include <catch2/catch.hpp>

using cloudretro::base::Json;

TEST_CASE("the description names each message of each direction with the kinds of its fields") {
    const auto all = Json::parse(cloudretro::base::describeProtocol());
    CHECK(all["version"] == cloudretro::protocol::version);
    const auto& messages = all["messages"];
    CHECK(messages["FromBrowser"]["join"] == Json{{"room", "string"}, {"peer", "string"}});
    CHECK(
        messages["FromBrowser"]["hello"] == Json{{"version", "integer"}, {"codecs", Json::array({"string"})},
                                                {"name", "string"}, {"key", "string"}, {"tab", "string"}});
    CHECK(messages["FromBrowser"]["retry"] == Json::object());
    CHECK(messages["ToBrowser"]["joined"]["game"]["playable"] == "boolean");
    CHECK(messages["ToBrowser"]["welcome"]["iceServers"][0]["urls"] == Json::array({"string"}));
    CHECK(messages["FromWorker"]["status"]["cpu"] == "number");
    for (const auto* direction : {"ToWorker", "ToRoom", "FromRoom", "ToEmulator", "FromEmulator"})
        CHECK(messages[direction].size() >= 4);
}
