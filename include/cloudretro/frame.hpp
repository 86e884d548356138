#pragma once
// What a frame is, to the emulator that makes it and to the room that shows it.
#include <cstdint>

namespace cloudretro {

// Values are libretro's (enum retro_pixel_format). All are in the machine's byte order.
enum class PixelFormat : std::uint32_t { Xrgb1555 = 0, Xrgb8888 = 1, Rgb565 = 2 };

constexpr unsigned bytesPerPixel(PixelFormat f) { return f == PixelFormat::Xrgb8888 ? 4 : 2; }

}
