#pragma once
// The memory that a room and its emulator share.
//
// The room makes it (a sealed memfd), the emulator maps it; should that process die, the next one does. The
// emulator is untrusted: the room copies every
// field once, checks the copy, and uses only that.
#include "cloudretro/frame.hpp"
#include "cloudretro/input.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace cloudretro::ipc {

inline constexpr std::uint32_t magic = 0x33525243; // "CRR3": changes with the layout
inline constexpr unsigned frameSlots = 6; // a reader has two frame times to copy one, corrected ones between
inline constexpr std::uint32_t maxWidth = 2048, maxHeight = 2048;
inline constexpr std::size_t slotBytes = std::size_t{maxWidth} * maxHeight * 4;
inline constexpr std::size_t audioFrames = 1 << 15; // stereo sample pairs; 680 ms at 48 kHz

// Describes the frame in one slot. Plain values: `published` orders them.
struct FrameHeader {
    std::uint64_t sequence; // the frame's number, from 1: a reader sees by it that the slot is still its own
    std::int64_t
        timestamp; // CLOCK_MONOTONIC, ns: when this frame was due; of a corrected one: when it was begun
    std::uint32_t width, height; // pixels, before rotation
    std::uint32_t pitch;         // bytes from one row to the next
    PixelFormat format;
    std::uint32_t rotation;                      // quarter turns counter-clockwise, 0..3
    std::uint32_t duplicate;                     // 1: the picture of the frame before, no pixels here
    std::uint64_t audioWritten;                  // `Shared::audioWritten` when this frame was published
    std::array<std::uint32_t, maxSeats> applied; // the input sequence that each seat had when it was polled
    // 1: the frame before once more, with newer input. It takes no time and has no sound.
    std::uint32_t corrected;
    std::int64_t polled;   // when that was, as `timestamp`; 0: this frame did not poll
    std::int64_t finished; // when the frame was published
};

// What the emulator hands over between frames, so that a game can go on elsewhere.
enum class Kept : std::uint32_t {
    State = 0, // retro_serialize
    Sram = 1,  // RETRO_MEMORY_SAVE_RAM: what a cartridge keeps by its battery
};
inline constexpr unsigned keptSlots = 2;
inline constexpr std::size_t keptBytes = std::size_t{64} << 20; // the largest

// Describes what stands in one slot.
struct KeptHeader {
    std::uint64_t sequence; // from 1; number n stands in slot n % keptSlots
    std::uint64_t frame;    // the frame after which it was taken
    std::uint64_t bytes;
    Kept kind;
    std::uint32_t request; // of TakeSnapshot; 0: nobody asked
};

struct Shared {
    std::uint32_t magic;
    std::array<SeatInput, maxSeats> seats; // room ▶ emulator

    alignas(64) std::atomic<std::uint64_t> published; // emulator ▶ room: the newest frame's number
    std::array<FrameHeader, frameSlots> frames;       // frame n stands in slot n % frameSlots

    alignas(64) std::atomic<std::uint64_t> audioWritten;         // sample pairs ever written
    alignas(64) std::array<std::int16_t, 2 * audioFrames> audio; // pair n stands at n % audioFrames

    alignas(64) std::atomic<std::uint64_t> kept; // emulator ▶ room: the newest number
    std::atomic<std::uint64_t> keptTaken;        // room ▶ emulator: slots up to this number are free again
    std::array<KeptHeader, keptSlots> keptHeaders;
};

inline constexpr std::size_t slotsOffset = (sizeof(Shared) + 4095) / 4096 * 4096;
inline constexpr std::size_t keptOffset = slotsOffset + frameSlots * slotBytes;
inline constexpr std::size_t restoredOffset = keptOffset + keptSlots * keptBytes;
inline constexpr std::size_t sharedBytes = restoredOffset + keptBytes; // touched pages only cost memory

inline std::byte* slot(Shared& shared, std::uint64_t frame) {
    return reinterpret_cast<std::byte*>(&shared) + slotsOffset + (frame % frameSlots) * slotBytes;
}

inline std::byte* keptSlot(Shared& shared, std::uint64_t number) {
    return reinterpret_cast<std::byte*>(&shared) + keptOffset + (number % keptSlots) * keptBytes;
}

// Room ▶ emulator: what a Load or LoadState names the size of; keptBytes in all.
inline std::byte* restored(Shared& shared) { return reinterpret_cast<std::byte*>(&shared) + restoredOffset; }

// The descriptor that a room inherits: SOCK_SEQPACKET, one JSON message a packet (protocol.hpp: ToRoom,
// FromRoom).
inline constexpr int roomControlFd = 3;

// Descriptors that the process of a media port inherits.
inline constexpr int relayControlFd = 3; // SOCK_SEQPACKET: one JSON message a packet (protocol.hpp, ToRelay)
inline constexpr int relayPortFd = 4;    // the public UDP port

// Descriptors that an emulator inherits.
inline constexpr int controlFd =
    3; // SOCK_SEQPACKET: one JSON message a packet (protocol.hpp, ToEmulator, FromEmulator)
inline constexpr int memoryFd = 4; // Shared and its slots
inline constexpr int frameFd = 5;  // eventfd, raised after each published frame
inline constexpr int inputFd = 6;  // eventfd, raised by the room after a seat's buttons changed

}
