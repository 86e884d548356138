#pragma once
// What a room tells a browser about its own input: which of it a picture shows, and how long that took here.
#include <cstdint>

namespace cloudretro {

// Room ▶ browser on the data channel "input": little-endian, 16 bytes. Comes when a picture has left that
// shows a newer input of one of the browser's pads, and each second. May get lost, and may come before its
// picture.
struct FeedbackPacket {
    static constexpr std::uint8_t currentVersion = 1;
    static constexpr std::uint16_t unknown = 0xffff;
    std::uint8_t version;       // currentVersion
    std::uint8_t pad;           // as in InputPacket
    std::uint16_t waited;       // from the arrival of the input until the emulator read it
    std::uint32_t sequence;     // of the newest input of that pad that the picture shows
    std::uint32_t rtpTimestamp; // of the picture
    std::uint16_t emulated;     // from then until the frame was there
    std::uint16_t encoded;      // from then until the packets were on their way
    // Times are in units of 10 µs; what takes longer than 655.34 ms counts as that.
};
static_assert(sizeof(FeedbackPacket) == 16);

}
