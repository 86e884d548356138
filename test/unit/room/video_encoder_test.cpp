#include "room/video_encoder.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::room;

TEST_CASE("H.264 is chosen where the browser has it, VP8 otherwise", "[encoder]") {
    CHECK(chooseCodec({"VP8", "H264"}) == Codec::H264);
    CHECK(chooseCodec({"VP8"}) == Codec::Vp8);
    CHECK_FALSE(chooseCodec({"AV1"}));
    CHECK_FALSE(chooseCodec({}));
}

TEST_CASE("small pictures are enlarged, large ones are not", "[encoder]") {
    CHECK(enlargement(160, 144) == 2);
    CHECK(enlargement(256, 240) == 2);
    CHECK(enlargement(640, 480) == 1);
}

TEST_CASE("the bit rate grows with the picture, within bounds", "[encoder]") {
    CHECK(videoBitrate(160, 144, 60) == 1000);
    CHECK(videoBitrate(512, 480, 60) > videoBitrate(320, 288, 60));
    CHECK(videoBitrate(4096, 4096, 60) == 12000);
}
