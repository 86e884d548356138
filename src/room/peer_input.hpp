#pragma once
// What a peer's pads do, from its data channel into the emulator's memory.
#include "cloudretro/input.hpp"

#include <atomic>
#include <cstddef>
#include <memory>
#include <span>

namespace cloudretro::room {

using Seats = std::array<SeatInput, maxSeats>;

// Input packets are applied where they arrive, on webrtcbin's thread, with atomics alone: a hop over the loop
// would add its latency to every press.
class PeerInput {
public:
    explicit PeerInput(std::shared_ptr<Seats> seats) : seats_(std::move(seats)) {}
    ~PeerInput() { release(); }

    // Loop thread. -1: watches only. The seat left behind gets all its buttons released.
    void sit(int seat);
    void release();

    // One packet as it came; webrtcbin's thread. Malformed, outdated and foreign ones change nothing.
    void apply(std::span<const std::byte> bytes);

private:
    std::shared_ptr<Seats> seats_;
    std::atomic<int> seat_ = -1;
    std::uint32_t last_ = 0; // sequence; webrtcbin's thread
    bool any_ = false;
};

// One packet for one seat: latches every press since `last`, then shows the newest state.
void applyTo(SeatInput& seat, const InputPacket& packet, std::uint32_t last, bool any);

}
