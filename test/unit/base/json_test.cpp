#include "base/json.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using namespace cloudretro::protocol;
using base::decode;
using base::encode;

TEST_CASE("a message comes back as it was") {
    AddPeer sent{
        "room", "peer", {"H264", "VP8"}, {3, -1}, {{{"stun:host:1", "turn:host:2"}, "user", "secret"}}};
    const auto got = decode<ToRoom>(encode(sent));
    REQUIRE(got);
    const auto& peer = std::get<AddPeer>(*got);
    CHECK(peer.room == "room");
    CHECK(peer.codecs == sent.codecs);
    CHECK(peer.seats == sent.seats);
    REQUIRE(peer.iceServers.size() == 1);
    CHECK(peer.iceServers[0].urls == sent.iceServers[0].urls);
    CHECK(peer.iceServers[0].credential == "secret");
}

TEST_CASE("texts survive, whatever is in them") {
    const auto* text =
        GENERATE("", "quote \" and \\ back", "Zelda \xc3\xbc \xf0\x9f\x8e\xae", "line\r\nline", "{}[]");
    const auto got = decode<FromBrowser>(encode(Start{text, {}, {}, {}}));
    REQUIRE(got);
    CHECK(std::get<Start>(*got).game == text);
}

TEST_CASE("invalid UTF-8 is replaced, not thrown") {
    CHECK_NOTHROW(encode(Start{"\xff\xfe.nes", {}, {}, {}}));
}

TEST_CASE("a missing field keeps its default, an unknown one is ignored") {
    const auto got = decode<FromBrowser>(R"({"type":"hello","future":[1,2]})");
    REQUIRE(got);
    CHECK(std::get<Hello>(*got).version == 0);
}

TEST_CASE("what is no message of the direction is nothing") {
    const auto* text = GENERATE("", "null", "[]", "{", "\"hello\"", "{}", R"({"type":1})",
        R"({"type":"welcome"})", R"({"type":"hello","version":"1"})", R"({"type":"hello","version":1.5})",
        R"({"type":"hello","version":2147483648})", R"({"type":"hello","version":-2147483649})",
        R"({"type":"hello","version":18446744073709551615})", R"({"type":"hello","codecs":"VP8"})",
        R"({"type":"hello","codecs":["VP8",1]})", R"({"type":"hello","codecs":null})",
        "{\"type\":\"hello\"}x", "{\"type\":\"start\",\"game\":\"\xff\"}");
    CAPTURE(text);
    CHECK_FALSE(decode<FromBrowser>(text));
}

TEST_CASE("what would cost much is refused unread") {
    const auto start = std::string(R"({"type":"start","game":")");
    CHECK(decode<FromBrowser>(start + std::string(base::maxMessageBytes - start.size() - 2, 'a') + "\"}"));
    CHECK_FALSE(
        decode<FromBrowser>(start + std::string(base::maxMessageBytes - start.size() - 1, 'a') + "\"}"));
    CHECK_FALSE(
        decode<FromBrowser>(R"({"type":"leave","x":)" + std::string(17, '[') + std::string(17, ']') + "}"));
    CHECK(decode<FromBrowser>(R"({"type":"leave","x":")" + std::string(17, '[') + "\"}"));
}
