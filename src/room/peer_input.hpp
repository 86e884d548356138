#pragma once
// What a peer's pads do, from its data channel into the emulator's memory.
#include "cloudretro/input.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace cloudretro::room {

using Seats = std::array<SeatInput, maxSeats>;

// Input packets are applied where they arrive, on webrtcbin's thread, with atomics alone: a hop over the loop
// would add its latency to every press.
class PeerInput {
public:
    // `changed` is called on webrtcbin's thread after a packet changed a seat's buttons.
    explicit PeerInput(
        std::shared_ptr<Seats> seats, std::function<void()> changed = [] {})
        : seats_(std::move(seats)),
          changed_(std::move(changed)) {}
    ~PeerInput() { release(); }

    // Loop thread. Pad n works seat seats[n] from now on; -1, and a pad that is not named: none. Seats that
    // are left behind get all their buttons released.
    void sit(const std::vector<int>& seats);
    void release() { sit({}); }
    // Loop thread. Shows what the pads hold once more: somebody else may have released their seats since.
    void show();

    // One packet as it came; webrtcbin's thread. Malformed, outdated and foreign ones change nothing.
    void apply(std::span<const std::byte> bytes);

    // When the last packet came; the epoch: none did. Pages send one each second at least. Any thread.
    std::chrono::steady_clock::time_point heard() const { return heard_; }

    // The seat that a pad works, -1: none. Any thread.
    int seatOf(unsigned pad) const { return pads_[pad].seat; }
    // How long (ns) this input of a pad had been here at `until` (monotonic, ns), counted from the first
    // packet that brought it; nullopt: it did not come, or too long ago. Any thread.
    std::optional<std::int64_t> waited(unsigned pad, std::uint32_t sequence, std::int64_t until) const;

private:
    struct Pad {
        std::atomic<int> seat = -1;
        std::atomic<std::uint64_t> state = 0; // as SeatInput::state
        std::uint32_t last = 0;               // sequence; webrtcbin's thread
        bool any = false;
        std::array<std::atomic<std::uint64_t>, 16>
            arrivals{}; // the last: sequence << 32 | µs, of both the low bits
    };

    std::shared_ptr<Seats> seats_;
    const std::function<void()> changed_;
    std::array<Pad, maxSeats> pads_;
    std::atomic<std::chrono::steady_clock::time_point> heard_{};
};

// One packet for one seat: latches every press since `last`, then shows the newest state. Whether that
// changed its buttons.
bool applyTo(SeatInput& seat, const InputPacket& packet, std::uint32_t last, bool any);

}
