#include "emulator/video.hpp"

#include "memory.hpp"

#include <catch2/catch.hpp>
#include <libretro.h>

#include <sys/eventfd.h>

#include <cstring>
#include <numeric>

using namespace cloudretro;
using emulator::Video;

namespace {

struct Screen : test::Memory {
    int event = ::eventfd(0, EFD_NONBLOCK);
    Video video{shared, base::Fd(event)};
    std::int64_t due = 0;

    ipc::FrameHeader publish() {
        video.publish(++due, {11, 22}, 33);
        return shared.frames[shared.published % ipc::frameSlots];
    }
    const std::byte* slot() { return ipc::slot(shared, shared.published); }
};

std::vector<std::byte> pixels(std::size_t bytes) {
    std::vector<std::byte> all(bytes);
    for (std::size_t i = 0; i < bytes; ++i) all[i] = std::byte(i % 251);
    return all;
}

}

TEST_CASE("a picture stands in its slot, described by its header") {
    Screen screen;
    screen.video.setFormat(PixelFormat::Xrgb8888);
    screen.video.setRotation(3);
    screen.shared.audioWritten = 77;
    const auto picture = pixels(16 * 4 * 3);
    screen.video.draw(picture.data(), 16, 3, 64);
    const auto header = screen.publish();
    CHECK(header.sequence == 1);
    CHECK(header.timestamp == 1);
    CHECK(header.polled == 33);
    CHECK(header.finished > 0);
    CHECK(header.width == 16);
    CHECK(header.height == 3);
    CHECK(header.pitch == 64);
    CHECK(header.format == PixelFormat::Xrgb8888);
    CHECK(header.rotation == 3);
    CHECK(header.duplicate == 0);
    CHECK(header.audioWritten == 77);
    CHECK(header.applied[0] == 11);
    CHECK(header.applied[1] == 22);
    CHECK(std::memcmp(screen.slot(), picture.data(), picture.size()) == 0);
}

TEST_CASE("libretro's default format is 0RGB1555") {
    Screen screen;
    screen.video.draw(pixels(8).data(), 2, 2, 4);
    CHECK(screen.publish().format == PixelFormat::Xrgb1555);
}

TEST_CASE("rows are packed, each on a boundary of four bytes") {
    Screen screen;
    screen.video.setFormat(PixelFormat::Rgb565);
    const auto picture = pixels(100 * 2);
    screen.video.draw(picture.data(), 5, 2, 100); // 10 bytes a row
    CHECK(screen.publish().pitch == 12);
    CHECK(std::memcmp(screen.slot(), picture.data(), 10) == 0);
    CHECK(std::memcmp(screen.slot() + 12, picture.data() + 100, 10) == 0);
}

TEST_CASE("a frame without a picture repeats the one before") {
    Screen screen;
    CHECK(screen.publish().duplicate == 1);
    screen.video.draw(pixels(8).data(), 2, 2, 4);
    CHECK(screen.publish().duplicate == 0);
    screen.video.draw(nullptr, 2, 2, 0);
    const auto header = screen.publish();
    CHECK(header.duplicate == 1);
    CHECK(header.width == 2);
    CHECK(header.sequence == 3);
    screen.video.draw(RETRO_HW_FRAME_BUFFER_VALID, 2, 2, 0);
    CHECK(screen.publish().duplicate == 1);
}

TEST_CASE("of two pictures in one frame the second is shown") {
    Screen screen;
    const auto picture = pixels(16);
    screen.video.draw(picture.data(), 2, 1, 4);
    screen.video.draw(picture.data() + 8, 2, 1, 4);
    screen.publish();
    CHECK(std::memcmp(screen.slot(), picture.data() + 8, 4) == 0);
}

TEST_CASE("each frame takes the next slot, so that the newest stay untouched") {
    Screen screen;
    for (unsigned n = 1; n <= ipc::frameSlots + 1; ++n) {
        const auto value = std::uint32_t{n};
        screen.video.draw(&value, 2, 1, 4);
        screen.publish();
    }
    for (unsigned n = 2; n <= ipc::frameSlots + 1; ++n) {
        CHECK(screen.shared.frames[n % ipc::frameSlots].sequence == n);
        CHECK(std::to_integer<unsigned>(*ipc::slot(screen.shared, n)) == n);
    }
}

TEST_CASE("the largest picture fits, a larger one is not copied") {
    Screen screen;
    screen.video.setFormat(PixelFormat::Xrgb8888);
    const auto picture = pixels(ipc::slotBytes);
    screen.video.draw(picture.data(), ipc::maxWidth, ipc::maxHeight, ipc::maxWidth * 4);
    CHECK_FALSE(screen.video.tooLarge());
    CHECK(screen.publish().height == ipc::maxHeight);
    screen.video.draw(picture.data(), ipc::maxWidth + 1, 1, (ipc::maxWidth + 1) * 4);
    CHECK(screen.video.tooLarge());
    CHECK(screen.publish().duplicate == 1);
}

TEST_CASE("a corrected frame is published with its time, if its picture is another") {
    Screen screen;
    const auto picture = pixels(16);
    screen.video.draw(picture.data(), 2, 2, 4);
    screen.publish();
    screen.video.draw(picture.data(), 2, 2, 4);
    screen.video.correct(5, {12}, 0);
    CHECK(screen.shared.published == 1);
    screen.video.correct(5, {12}, 0); // nothing drawn
    CHECK(screen.shared.published == 1);
    screen.video.draw(picture.data() + 8, 2, 2, 4);
    screen.video.correct(5, {12}, 0);
    REQUIRE(screen.shared.published == 2);
    const auto& header = screen.shared.frames[2];
    CHECK(header.corrected == 1);
    CHECK(header.timestamp == 5);
    CHECK(header.applied[0] == 12);
    CHECK(std::memcmp(screen.slot(), picture.data() + 8, 8) == 0);
    CHECK(screen.publish().corrected == 0);
}

TEST_CASE("what a correction draws where nothing was drawn is another picture") {
    Screen screen;
    const auto picture = pixels(16);
    screen.video.draw(picture.data(), 2, 2, 4);
    screen.publish();
    screen.publish();
    screen.video.draw(picture.data(), 2, 2, 4);
    screen.video.correct(5, {}, 0);
    CHECK(screen.shared.published == 3);
}

TEST_CASE("a hidden picture is not copied") {
    Screen screen;
    const auto picture = pixels(16);
    screen.video.hide(true);
    screen.video.draw(picture.data(), 2, 2, 4);
    screen.video.hide(false);
    CHECK(screen.publish().duplicate == 1);
    CHECK_FALSE(screen.video.repeats());
    screen.video.draw(nullptr, 2, 2, 4);
    CHECK(screen.video.repeats());
}

TEST_CASE("each frame raises the event") {
    Screen screen;
    screen.publish();
    screen.publish();
    std::uint64_t raised = 0;
    REQUIRE(::read(screen.event, &raised, sizeof raised) == sizeof raised);
    CHECK(raised == 2);
}
