#include "room/picture_pool.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cstring>

using namespace cloudretro;

namespace {

// 3 × 2 pixels, two bytes each, in rows of 10 bytes:  1 2 3 / 4 5 6
constexpr std::size_t pitch = 10;
std::array<std::byte, 20> picture() {
    std::array<std::byte, 20> bytes{};
    std::uint16_t value = 1;
    for (std::size_t y = 0; y < 2; ++y)
        for (std::size_t x = 0; x < 3; ++x, ++value) std::memcpy(&bytes[y * pitch + 2 * x], &value, 2);
    return bytes;
}

std::array<std::uint16_t, 6> turned(unsigned rotation) {
    std::array<std::uint16_t, 6> out{};
    const auto from = picture();
    const std::size_t width = rotation % 2 ? 2 : 3;
    room::copyUpright(
        from.data(), pitch, 3, 2, 2, rotation, reinterpret_cast<std::byte*>(out.data()), 2 * width);
    return out;
}

}

TEST_CASE("a picture is copied without the padding of its rows", "[picture]") {
    CHECK(turned(0) == std::array<std::uint16_t, 6>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("a picture is turned counter-clockwise by quarters", "[picture]") {
    CHECK(turned(1) == std::array<std::uint16_t, 6>{3, 6, 2, 5, 1, 4});
    CHECK(turned(2) == std::array<std::uint16_t, 6>{6, 5, 4, 3, 2, 1});
    CHECK(turned(3) == std::array<std::uint16_t, 6>{4, 1, 5, 2, 6, 3});
}

TEST_CASE("a duplicate is the picture before with a stamp of its own", "[picture]") {
    const auto bytes = picture();
    room::PicturePool pool;
    room::Frame frame{};
    frame.header.duplicate = 1;
    CHECK_FALSE(pool.take(frame, 60, 1)); // nothing to repeat yet

    frame.header = {};
    frame.header.width = 3;
    frame.header.height = 2;
    frame.header.pitch = pitch;
    frame.header.format = PixelFormat::Rgb565;
    frame.pixels = bytes;
    const auto first = pool.take(frame, 60, 10);
    REQUIRE(first);
    room::Frame again{};
    again.header.duplicate = 1;
    const auto second = pool.take(again, 60, 20);
    REQUIRE(second);
    CHECK(GST_BUFFER_PTS(first.get()) == 10);
    CHECK(GST_BUFFER_PTS(second.get()) == 20);
    CHECK(gst_buffer_peek_memory(first.get(), 0) == gst_buffer_peek_memory(second.get(), 0));
}

TEST_CASE("a core may change the size and format of its picture", "[picture]") {
    const auto bytes = picture();
    room::PicturePool pool;
    room::Frame frame{};
    frame.header.width = 3;
    frame.header.height = 2;
    frame.header.pitch = pitch;
    frame.header.format = PixelFormat::Rgb565;
    frame.pixels = bytes;
    REQUIRE(pool.take(frame, 60, 0));
    CHECK(pool.shape() == room::Shape{GST_VIDEO_FORMAT_RGB16, 3, 2, 60});
    frame.header.rotation = 1;
    REQUIRE(pool.take(frame, 50, 0));
    CHECK(pool.shape() == room::Shape{GST_VIDEO_FORMAT_RGB16, 2, 3, 50});
    frame.header.format = PixelFormat::Xrgb8888;
    frame.header.width = 2;
    frame.header.rotation = 0;
    const auto buffer = pool.take(frame, 50, 0);
    REQUIRE(buffer);
    CHECK(gst_buffer_get_size(buffer.get()) == 2 * 2 * 4);
}
