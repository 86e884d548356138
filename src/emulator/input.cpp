#include "emulator/input.hpp"

#include "emulator/control.hpp"

#include <libretro.h>

#include <limits>

namespace cloudretro::emulator {
namespace {

constexpr unsigned buttonCount = 16;

bool isDown(Buttons buttons, unsigned id) { return id < buttonCount && (buttons >> id & 1); }

std::int16_t stick(const Axes& axes, unsigned index, unsigned id) {
    return id < 2 ? axes[2 * index + id] : std::int16_t{0};
}

// A button without an analog position is all or nothing.
std::int16_t pressure(Buttons buttons, const Axes& axes, unsigned id) {
    if (id == RETRO_DEVICE_ID_JOYPAD_L2 && axes[4]) return axes[4];
    if (id == RETRO_DEVICE_ID_JOYPAD_R2 && axes[5]) return axes[5];
    return isDown(buttons, id) ? std::numeric_limits<std::int16_t>::max() : std::int16_t{0};
}

// Part `index` of 16 bits, the lowest first.
std::int16_t part(std::uint64_t all, unsigned index) {
    return static_cast<std::int16_t>(all >> 16 * index & 0xffff);
}

}

void Input::begin(Run run) {
    run_ = run;
    newFrame_ = run == Run::Fresh;
    if (run == Run::Fresh || run == Run::Again) polled_ = 0;
}

void Input::poll() {
    if (run_ == Run::Same || run_ == Run::Ahead) return;
    for (unsigned i = 0; i < maxSeats; ++i) take(shared_.seats[i], seats_[i], applied_[i]);
    polled_ = now();
    newFrame_ = false;
}

void Input::take(SeatInput& from, Seat& into, std::uint32_t& sequence) const {
    const auto pressed = Buttons(from.pressed.exchange(0, std::memory_order_acquire));
    into.pressed = newFrame_ ? pressed : into.pressed | pressed; // some cores poll twice a frame
    const auto state = from.state.load(std::memory_order_acquire);
    into.held = Buttons(state);
    sequence = std::uint32_t(state >> 32);
    const auto sticks = from.sticks.load(std::memory_order_relaxed);
    for (unsigned i = 0; i < 4; ++i) into.axes[i] = part(sticks, i);
    const auto triggers = from.triggers.load(std::memory_order_relaxed);
    for (unsigned i = 0; i < 2; ++i) into.axes[4 + i] = part(triggers, i);
}

bool Input::changed() const {
    for (unsigned i = 0; i < maxSeats; ++i) {
        const auto& from = shared_.seats[i];
        const auto now = from.state.load(std::memory_order_acquire) |
                         from.pressed.load(std::memory_order_relaxed) | seats_[i].pressed;
        if (Buttons(now) != seats_[i].down()) return true;
    }
    return false;
}

std::int16_t Input::state(unsigned port, unsigned device, unsigned index, unsigned id) const {
    if (port >= maxSeats) return 0;
    const Seat& seat = seats_[port];
    switch (device & RETRO_DEVICE_MASK) {
    case RETRO_DEVICE_JOYPAD:
        if (id == RETRO_DEVICE_ID_JOYPAD_MASK) return static_cast<std::int16_t>(buttons(seat));
        return isDown(buttons(seat), id) ? 1 : 0;
    case RETRO_DEVICE_ANALOG:
        if (index <= RETRO_DEVICE_INDEX_ANALOG_RIGHT) return stick(seat.axes, index, id);
        if (index == RETRO_DEVICE_INDEX_ANALOG_BUTTON) return pressure(buttons(seat), seat.axes, id);
        return 0;
    default:
        return 0;
    }
}

}
