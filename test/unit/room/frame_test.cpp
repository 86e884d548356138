#include "room/frame.hpp"

#include "base/shared_memory.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using room::isSound;

namespace {

ipc::FrameHeader header(std::uint32_t width, std::uint32_t height, std::uint32_t pitch, PixelFormat format) {
    ipc::FrameHeader h{};
    h.width = width;
    h.height = height;
    h.pitch = pitch;
    h.format = format;
    return h;
}

}

TEST_CASE("a header is sound when its rows fit into one slot", "[frame]") {
    CHECK(isSound(header(256, 240, 512, PixelFormat::Rgb565)));
    CHECK(isSound(header(256, 240, 1024, PixelFormat::Xrgb8888)));
    CHECK(isSound(header(ipc::maxWidth, ipc::maxHeight, ipc::maxWidth * 4, PixelFormat::Xrgb8888)));
}

TEST_CASE("a header that would make us read elsewhere is not sound", "[frame]") {
    CHECK_FALSE(isSound(header(0, 240, 512, PixelFormat::Rgb565)));
    CHECK_FALSE(isSound(header(256, 0, 512, PixelFormat::Rgb565)));
    CHECK_FALSE(isSound(header(256, 240, 511, PixelFormat::Rgb565)));   // rows overlap
    CHECK_FALSE(isSound(header(256, 240, 512, PixelFormat::Xrgb8888))); // the same, by format
    CHECK_FALSE(isSound(header(ipc::maxWidth + 1, 2, 1 << 14, PixelFormat::Rgb565)));
    CHECK_FALSE(isSound(header(2, ipc::maxHeight + 1, 4, PixelFormat::Rgb565)));
    CHECK_FALSE(isSound(header(16, 2048, 0xffffffff, PixelFormat::Rgb565))); // pitch × height overflows
    CHECK_FALSE(isSound(header(16, 16, ipc::slotBytes / 16 + 1, PixelFormat::Rgb565)));
    CHECK_FALSE(isSound(header(16, 16, 32, PixelFormat(7))));
    auto turned = header(16, 16, 32, PixelFormat::Rgb565);
    turned.rotation = 4;
    CHECK_FALSE(isSound(turned));
    turned.rotation = 0;
    turned.duplicate = 2;
    CHECK_FALSE(isSound(turned));
}

TEST_CASE("a frame is read while the emulator cannot be writing over it", "[frame]") {
    const auto memory = base::SharedMemory::create(ipc::sharedBytes);
    auto& shared = *new (memory.data()) ipc::Shared;
    shared.frames[5 % ipc::frameSlots] = header(16, 16, 32, PixelFormat::Rgb565);
    shared.frames[5 % ipc::frameSlots].sequence = 5;

    shared.published = 5;
    REQUIRE(room::readFrame(shared, 5));
    CHECK(room::readFrame(shared, 5)->pixels.size() == 16 * 32);
    shared.published = 5 + ipc::frameSlots - 2;
    CHECK(room::readFrame(shared, 5));
    shared.published = 5 + ipc::frameSlots - 1; // the next to be written is in the same slot
    CHECK_FALSE(room::readFrame(shared, 5));
    shared.published = 5;
    CHECK_FALSE(room::readFrame(shared, 4)); // its slot holds another number
}
