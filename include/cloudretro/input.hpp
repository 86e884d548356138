#pragma once
// Input of players: the packet a browser sends, and the block of shared memory that a core reads.
#include <array>
#include <atomic>
#include <cstdint>

namespace cloudretro {

inline constexpr unsigned maxSeats = 8;

// Bits of a pad's buttons are RETRO_DEVICE_ID_JOYPAD_*: B, Y, Select, Start, up, down, left, right, A, X, L,
// R, L2, R2, L3, R3.
using Buttons = std::uint16_t;

// Analog positions, -32768..32767: left x, left y, right x, right y, then the triggers L2 and R2 (0..32767).
using Axes = std::array<std::int16_t, 6>;

// One pad's full state, browser ▶ room on the data channel "input": little-endian, 28 bytes.
// A lost packet can neither stick a button (each packet is the full state, and is repeated) nor drop a press
// (each packet names the four states before it).
struct InputPacket {
    static constexpr std::uint8_t currentVersion = 1;
    std::uint8_t version;           // currentVersion
    std::uint8_t pad;               // which of this browser's pads, 0..7; the room knows its seat
    Buttons buttons;                // the state at `sequence`
    std::uint32_t sequence;         // +1 with each change of buttons or axes; wraps
    std::array<Buttons, 4> earlier; // buttons at sequence-1, -2, -3, -4
    Axes axes;
};
static_assert(sizeof(InputPacket) == 28);

// One seat in shared memory. The room writes from its data-channel threads, the emulator reads when the core
// polls; neither ever waits.
struct SeatInput {
    std::atomic<std::uint64_t> state;    // sequence << 32 | buttons
    std::atomic<std::uint32_t> pressed;  // buttons that went down since the last poll, even if up again
    std::atomic<std::uint64_t> sticks;   // the four stick axes, 16 bits each, left x lowest
    std::atomic<std::uint32_t> triggers; // R2 << 16 | L2
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

}
