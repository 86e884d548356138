#include "emulator/input.hpp"

#include "memory.hpp"

#include <catch2/catch.hpp>
#include <libretro.h>

using namespace cloudretro;
using emulator::Input;
using emulator::Run;

namespace {

constexpr Buttons bit(unsigned id) { return Buttons(1 << id); }
constexpr auto a = RETRO_DEVICE_ID_JOYPAD_A, left = RETRO_DEVICE_ID_JOYPAD_LEFT;

struct Seats : test::Memory {
    Input input{shared};

    // What the room does with a packet.
    void hold(unsigned seat, std::uint32_t sequence, Buttons buttons) {
        const auto before = Buttons(shared.seats[seat].state.load());
        shared.seats[seat].state = std::uint64_t{sequence} << 32 | buttons;
        shared.seats[seat].pressed |= buttons & ~before;
    }
    void frame(Run run = Run::Fresh) {
        input.begin(run);
        input.poll();
    }
    bool down(unsigned seat, unsigned id) const { return input.state(seat, RETRO_DEVICE_JOYPAD, 0, id) != 0; }
};

}

TEST_CASE("input is read at the poll, not before") {
    Seats seats;
    seats.frame();
    seats.hold(0, 1, bit(a));
    CHECK_FALSE(seats.down(0, a));
    seats.frame();
    CHECK(seats.down(0, a));
    CHECK_FALSE(seats.down(0, left));
    CHECK_FALSE(seats.down(1, a));
}

TEST_CASE("a press between two polls is seen in exactly one frame") {
    Seats seats;
    seats.frame();
    seats.hold(2, 1, bit(a));
    seats.hold(2, 2, 0);
    seats.frame();
    CHECK(seats.down(2, a));
    seats.frame();
    CHECK_FALSE(seats.down(2, a));
}

TEST_CASE("a held button does not come back after its release") {
    Seats seats;
    seats.hold(0, 1, bit(a));
    seats.frame();
    CHECK(seats.down(0, a));
    seats.hold(0, 2, 0);
    seats.frame();
    CHECK_FALSE(seats.down(0, a));
}

TEST_CASE("a second poll in one frame loses no press") {
    Seats seats;
    seats.hold(0, 1, bit(a));
    seats.hold(0, 2, 0);
    seats.frame();
    seats.hold(0, 3, bit(left));
    seats.hold(0, 4, 0);
    seats.input.poll();
    CHECK(seats.down(0, a));
    CHECK(seats.down(0, left));
    seats.frame();
    CHECK_FALSE(seats.down(0, a));
    CHECK_FALSE(seats.down(0, left));
}

TEST_CASE("a frame without a poll keeps the press for the next") {
    Seats seats;
    seats.hold(0, 1, bit(a));
    seats.hold(0, 2, 0);
    seats.input.begin(Run::Fresh);
    seats.frame();
    CHECK(seats.down(0, a));
}

TEST_CASE(
    "a frame that runs again sees the presses that it saw and those since, and the next sees neither again") {
    Seats seats;
    seats.hold(0, 1, bit(a));
    seats.hold(0, 2, 0);
    seats.frame();
    seats.hold(1, 1, bit(left));
    seats.hold(1, 2, 0);
    seats.frame(Run::Again);
    CHECK(seats.down(0, a));
    CHECK(seats.down(1, left));
    CHECK(seats.input.applied()[1] == 2);
    seats.frame();
    CHECK_FALSE(seats.down(0, a));
    CHECK_FALSE(seats.down(1, left));
}

TEST_CASE("a frame that runs again with the same input takes nothing") {
    Seats seats;
    seats.hold(0, 1, bit(a));
    seats.hold(0, 2, 0);
    seats.frame();
    seats.hold(0, 3, bit(left));
    seats.frame(Run::Same);
    CHECK(seats.down(0, a));
    CHECK_FALSE(seats.down(0, left));
    CHECK(seats.input.applied()[0] == 2);
    seats.frame();
    CHECK(seats.down(0, left));
}

TEST_CASE("a frame ahead sees what is held, takes nothing, and what it follows may still run again") {
    Seats seats;
    seats.hold(0, 1, bit(a));
    seats.hold(0, 2, bit(left));
    seats.frame();
    CHECK(seats.down(0, a));
    seats.hold(1, 1, bit(a));
    seats.frame(Run::Ahead);
    CHECK_FALSE(seats.down(0, a));
    CHECK(seats.down(0, left));
    CHECK_FALSE(seats.down(1, a));
    seats.frame(Run::Again);
    CHECK(seats.down(0, a));
    CHECK(seats.down(1, a));
}

TEST_CASE("input has changed when a frame that runs again would see other buttons") {
    Seats seats;
    seats.hold(0, 1, bit(a));
    CHECK(seats.input.changed());
    seats.frame();
    CHECK_FALSE(seats.input.changed());
    seats.hold(0, 2, 0); // the press was in that frame, and stays there
    CHECK_FALSE(seats.input.changed());
    seats.frame();
    CHECK_FALSE(seats.input.changed());
    seats.hold(7, 1, bit(left));
    seats.hold(7, 2, 0);
    CHECK(seats.input.changed());
    seats.frame(Run::Again);
    CHECK_FALSE(seats.input.changed());
}

TEST_CASE("a release after the frame of the press changes the input") {
    Seats seats;
    seats.hold(0, 1, bit(a));
    seats.frame();
    seats.frame();
    seats.hold(0, 2, 0);
    CHECK(seats.input.changed());
    seats.frame(Run::Again);
    CHECK_FALSE(seats.down(0, a));
}

TEST_CASE("each seat's applied sequence is that of the poll") {
    Seats seats;
    seats.hold(0, 7, bit(a));
    seats.hold(7, 0xffffffff, 0);
    seats.frame();
    seats.hold(0, 8, 0);
    CHECK(seats.input.applied() == std::array<std::uint32_t, maxSeats>{7, 0, 0, 0, 0, 0, 0, 0xffffffff});
}

TEST_CASE("the bitmask answers all buttons at once") {
    Seats seats;
    seats.hold(1, 1, 0x8101);
    seats.frame();
    CHECK(std::uint16_t(seats.input.state(1, RETRO_DEVICE_JOYPAD, 0, RETRO_DEVICE_ID_JOYPAD_MASK)) == 0x8101);
}

TEST_CASE("sticks and triggers answer their positions") {
    Seats seats;
    seats.shared.seats[3].sticks = 0x8000'7fff'ffff'0001; // right y, right x, left y, left x
    seats.shared.seats[3].triggers = 0x7fff'0010;         // R2, L2
    seats.frame();
    const auto analog = [&](unsigned index, unsigned id) {
        return seats.input.state(3, RETRO_DEVICE_ANALOG, index, id);
    };
    CHECK(analog(RETRO_DEVICE_INDEX_ANALOG_LEFT, RETRO_DEVICE_ID_ANALOG_X) == 1);
    CHECK(analog(RETRO_DEVICE_INDEX_ANALOG_LEFT, RETRO_DEVICE_ID_ANALOG_Y) == -1);
    CHECK(analog(RETRO_DEVICE_INDEX_ANALOG_RIGHT, RETRO_DEVICE_ID_ANALOG_X) == 32767);
    CHECK(analog(RETRO_DEVICE_INDEX_ANALOG_RIGHT, RETRO_DEVICE_ID_ANALOG_Y) == -32768);
    CHECK(analog(RETRO_DEVICE_INDEX_ANALOG_BUTTON, RETRO_DEVICE_ID_JOYPAD_L2) == 16);
    CHECK(analog(RETRO_DEVICE_INDEX_ANALOG_BUTTON, RETRO_DEVICE_ID_JOYPAD_R2) == 32767);
    CHECK(analog(RETRO_DEVICE_INDEX_ANALOG_LEFT, 9) == 0);
    CHECK(analog(9, 0) == 0);
}

TEST_CASE("a button without an analog position is pressed all the way") {
    Seats seats;
    seats.hold(0, 1, bit(RETRO_DEVICE_ID_JOYPAD_L2));
    seats.frame();
    const auto pressure = [&](unsigned id) {
        return seats.input.state(0, RETRO_DEVICE_ANALOG, RETRO_DEVICE_INDEX_ANALOG_BUTTON, id);
    };
    CHECK(pressure(RETRO_DEVICE_ID_JOYPAD_L2) == 32767);
    CHECK(pressure(RETRO_DEVICE_ID_JOYPAD_R2) == 0);
}

TEST_CASE("other devices, ports and buttons are silent") {
    Seats seats;
    seats.hold(0, 1, 0xffff);
    seats.frame();
    CHECK(seats.input.state(maxSeats, RETRO_DEVICE_JOYPAD, 0, a) == 0);
    CHECK(seats.input.state(0, RETRO_DEVICE_MOUSE, 0, 0) == 0);
    CHECK(seats.input.state(0, RETRO_DEVICE_JOYPAD, 0, 16) == 0);
    CHECK(seats.input.state(0, RETRO_DEVICE_SUBCLASS(RETRO_DEVICE_JOYPAD, 1), 0, a) == 1);
}
