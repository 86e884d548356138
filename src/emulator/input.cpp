#include "emulator/input.hpp"

#include <libretro.h>

namespace cloudretro::emulator {
namespace {

constexpr unsigned buttonCount = 16;

bool isDown(Buttons buttons, unsigned id) { return id < buttonCount && (buttons >> id & 1); }

std::int16_t stick(const Axes& axes, unsigned index, unsigned id) {
    return id < 2 ? axes[2 * index + id] : 0;
}

// A trigger without an analog position is all or nothing.
std::int16_t pressure(Buttons buttons, const Axes& axes, unsigned id) {
    const std::int16_t analog = id == RETRO_DEVICE_ID_JOYPAD_L2   ? axes[4]
                                : id == RETRO_DEVICE_ID_JOYPAD_R2 ? axes[5]
                                                                  : 0;
    return analog == 0 && isDown(buttons, id) ? INT16_MAX : analog;
}

}

void Input::poll() {
    for (unsigned i = 0; i < maxSeats; ++i) take(shared_.seats[i], seats_[i], applied_[i]);
    newFrame_ = false;
}

void Input::take(SeatInput& from, Seat& into, std::uint32_t& sequence) const {
    const auto pressed = Buttons(from.pressed.exchange(0, std::memory_order_acquire));
    into.pressed = newFrame_ ? pressed : into.pressed | pressed; // some cores poll twice a frame
    const auto state = from.state.load(std::memory_order_acquire);
    into.held = Buttons(state);
    sequence = std::uint32_t(state >> 32);
    const auto sticks = from.sticks.load(std::memory_order_relaxed);
    for (unsigned i = 0; i < 4; ++i) into.axes[i] = std::int16_t(sticks >> 16 * i);
    const auto triggers = from.triggers.load(std::memory_order_relaxed);
    for (unsigned i = 0; i < 2; ++i) into.axes[4 + i] = std::int16_t(triggers >> 16 * i);
}

std::int16_t Input::state(unsigned port, unsigned device, unsigned index, unsigned id) const {
    if (port >= maxSeats) return 0;
    const Seat& seat = seats_[port];
    switch (device & RETRO_DEVICE_MASK) {
    case RETRO_DEVICE_JOYPAD:
        return id == RETRO_DEVICE_ID_JOYPAD_MASK ? std::int16_t(seat.buttons()) : isDown(seat.buttons(), id);
    case RETRO_DEVICE_ANALOG:
        if (index <= RETRO_DEVICE_INDEX_ANALOG_RIGHT) return stick(seat.axes, index, id);
        return index == RETRO_DEVICE_INDEX_ANALOG_BUTTON ? pressure(seat.buttons(), seat.axes, id) : 0;
    default:
        return 0;
    }
}

}
