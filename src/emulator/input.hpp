#pragma once
// What players press, as a core reads it.
#include "cloudretro/ipc.hpp"
#include "emulator/run.hpp"

namespace cloudretro::emulator {

// `shared` must outlive it.
class Input {
public:
    explicit Input(ipc::Shared& shared) : shared_(shared) {}

    // A frame begins. One that runs again sees the presses that it saw, and those since; one ahead sees what
    // is held, and takes nothing.
    void begin(Run run);

    // retro_input_poll: takes the newest state of every seat. A button that went down and up since the poll
    // before is down for this frame.
    void poll();

    // Whether the last frame, run again, would see other buttons.
    bool changed() const;

    // retro_input_state, of the last poll: pads and their analog sticks and triggers; 0 for every other
    // device.
    std::int16_t state(unsigned port, unsigned device, unsigned index, unsigned id) const;

    // The input sequence of each seat at the last poll.
    const std::array<std::uint32_t, maxSeats>& applied() const { return applied_; }
    // When that was, if it was in this frame; else 0.
    std::int64_t polled() const { return polled_; }

private:
    struct Seat {
        Buttons held = 0, pressed = 0;
        Axes axes{};
        Buttons down() const { return held | pressed; }
    };
    void take(SeatInput& from, Seat& into, std::uint32_t& sequence) const;
    Buttons buttons(const Seat& seat) const { return run_ == Run::Ahead ? seat.held : seat.down(); }

    ipc::Shared& shared_;
    std::array<Seat, maxSeats> seats_;
    std::array<std::uint32_t, maxSeats> applied_{};
    std::int64_t polled_ = 0;
    bool newFrame_ = true;
    Run run_ = Run::Fresh;
};

}
