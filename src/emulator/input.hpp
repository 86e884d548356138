#pragma once
// What players press, as a core reads it.
#include "cloudretro/ipc.hpp"

namespace cloudretro::emulator {

// `shared` must outlive it.
class Input {
public:
    explicit Input(ipc::Shared& shared) : shared_(shared) {}

    void beginFrame() { newFrame_ = true; }

    // retro_input_poll: takes the newest state of every seat. A button that went down and up since the poll
    // before is down for this frame.
    void poll();

    // retro_input_state, of the last poll: pads and their analog sticks and triggers; 0 for every other
    // device.
    std::int16_t state(unsigned port, unsigned device, unsigned index, unsigned id) const;

    // The input sequence of each seat at the last poll.
    const std::array<std::uint32_t, maxSeats>& applied() const { return applied_; }

private:
    struct Seat {
        Buttons held = 0, pressed = 0;
        Axes axes{};
        Buttons buttons() const { return held | pressed; }
    };
    void take(SeatInput& from, Seat& into, std::uint32_t& sequence) const;

    ipc::Shared& shared_;
    std::array<Seat, maxSeats> seats_;
    std::array<std::uint32_t, maxSeats> applied_{};
    bool newFrame_ = true;
};

}
