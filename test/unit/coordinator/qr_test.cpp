#include "../../tool.hpp"
#include "coordinator/qr.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using coordinator::qrSvg;

namespace {

// As a phone would: the picture drawn, and looked at.
std::string decode(const std::string& svg) {
    const auto png = test::judge({"rsvg-convert", "--zoom=6"}, svg);
    REQUIRE(png.exitCode == 0);
    return test::judge({"zbarimg", "--quiet", "--nodbus", "--raw", "-Sbinary", "-"}, png.out).out;
}

}

TEST_CASE("a decoder reads the text of the code") {
    const std::string link = "https://games.example.org/room/Zk3v0mQ9p4lTz1J8aB-_cQ";
    CHECK(decode(*qrSvg(link)) == link);
    CHECK(decode(*qrSvg("x")) == "x");
    CHECK(decode(*qrSvg(std::string(300, 'a'))) == std::string(300, 'a'));
    CHECK(decode(*qrSvg("pl\xc3\xa4tze <&\">")) == "pl\xc3\xa4tze <&\">");
}

TEST_CASE("nothing, and too much, is no code") {
    CHECK_FALSE(qrSvg(""));
    CHECK_FALSE(qrSvg(std::string(301, 'a')));
}

TEST_CASE("the picture has sharp edges and a quiet zone") {
    const auto svg = *qrSvg("x");
    CHECK_THAT(svg, Catch::Contains("shape-rendering=\"crispEdges\""));
    CHECK_THAT(svg, Catch::Contains("viewBox=\"0 0 29 29\"")); // 21 modules and twice 4
    CHECK_THAT(svg, Catch::Contains("<path d=\"M4 4h7v1h-7z"));
}
