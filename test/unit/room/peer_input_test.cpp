#include "room/peer_input.hpp"

#include <catch2/catch.hpp>

#include <cstring>

using namespace cloudretro;
using room::PeerInput;

namespace {

constexpr Buttons a = 1 << 8, left = 1 << 6;

struct Pad {
    std::shared_ptr<room::Seats> seats = std::make_shared<room::Seats>();
    PeerInput input{seats};

    void send(std::uint32_t sequence, Buttons buttons, std::array<Buttons, 4> earlier = {},
        std::uint8_t number = 0) {
        const InputPacket packet{1, number, buttons, sequence, earlier, {}};
        input.apply(std::as_bytes(std::span(&packet, 1)));
    }
    Buttons held(int seat = 0) { return Buttons((*seats)[std::size_t(seat)].state); }
    std::uint32_t pressed() { return (*seats)[0].pressed.exchange(0); }
    std::uint32_t sequence() { return std::uint32_t((*seats)[0].state >> 32); }
};

}

TEST_CASE("a packet shows in its seat, with its sequence", "[input]") {
    Pad pad;
    pad.input.sit({0});
    pad.send(7, a | left);
    CHECK(pad.held() == (a | left));
    CHECK(pad.sequence() == 7);
    CHECK(pad.pressed() == (a | left));
}

TEST_CASE("a press whose packets were all lost is still seen once", "[input]") {
    Pad pad;
    pad.input.sit({0});
    pad.send(1, 0);
    pad.send(3, 0, {a, 0, 0, 0}); // 2 was the press
    CHECK(pad.held() == 0);
    CHECK(pad.pressed() == a);
    pad.send(3, 0, {a, 0, 0, 0}); // a repetition presses nothing again
    CHECK(pad.pressed() == 0);
}

TEST_CASE("a packet that was overtaken changes nothing, across the wrap of the sequence too", "[input]") {
    Pad pad;
    pad.input.sit({0});
    pad.send(0xffffffff, a);
    pad.send(1, 0, {left, a, 0, 0});
    CHECK(pad.held() == 0);
    CHECK((pad.pressed() & left) == left);
    pad.send(0, left);
    CHECK(pad.held() == 0);
}

TEST_CASE("the first packet presses only what is held", "[input]") {
    Pad pad;
    pad.input.sit({0});
    pad.send(100, 0, {a, a, a, a}); // a reload of the page: its history is not ours
    CHECK(pad.pressed() == 0);
}

TEST_CASE("a watcher, a foreign pad and a malformed packet change nothing", "[input]") {
    Pad pad;
    pad.send(1, a);
    for (int seat = 0; seat < int(maxSeats); ++seat) CHECK(pad.held(seat) == 0);
    pad.send(2, 0);
    pad.input.sit({0});
    const InputPacket foreign{1, 3, a, 1, {}, {}}, newer{9, 0, a, 3, {}, {}};
    pad.input.apply(std::as_bytes(std::span(&foreign, 1)));
    pad.input.apply(std::as_bytes(std::span(&newer, 1)));
    pad.input.apply(std::as_bytes(std::span(&newer, 1)).first(27));
    pad.input.apply({});
    CHECK(pad.held() == 0);
    pad.input.sit({99, -7});
    pad.send(4, a);
    for (int seat = 0; seat < int(maxSeats); ++seat) CHECK(pad.held(seat) == 0);
}

TEST_CASE("who leaves a seat lets go of its buttons", "[input]") {
    Pad pad;
    pad.input.sit({0});
    pad.send(1, a);
    pad.input.sit({1});
    CHECK(pad.held(0) == 0);
    pad.send(2, left);
    CHECK(pad.held(1) == left);
    pad.input.release();
    CHECK(pad.held(1) == 0);
}

TEST_CASE("each pad of a browser works its own seat", "[input]") {
    Pad pad;
    pad.input.sit({2, -1, 5});
    pad.send(1, a, {}, 0);
    pad.send(1, left, {}, 1); // has no seat
    pad.send(1, a | left, {}, 2);
    CHECK(pad.held(2) == a);
    CHECK(pad.held(5) == (a | left));
    for (const int seat : {0, 1, 3, 4, 6, 7}) CHECK(pad.held(seat) == 0);
}

TEST_CASE("who changes seats takes along what is held; the seat left behind is let go", "[input]") {
    auto seats = std::make_shared<room::Seats>();
    PeerInput one{seats}, other{seats};
    one.sit({0});
    other.sit({1});
    const InputPacket pressA{1, 0, a, 1, {}, {}}, pressLeft{1, 0, left, 1, {}, {}};
    one.apply(std::as_bytes(std::span(&pressA, 1)));
    other.apply(std::as_bytes(std::span(&pressLeft, 1)));
    one.sit({1}); // a swap comes as two orders
    other.sit({0});
    for (auto* input : {&one, &other}) input->show();
    CHECK(Buttons((*seats)[1].state) == a);
    CHECK(Buttons((*seats)[0].state) == left);
}

TEST_CASE("sticks and triggers are packed as the emulator unpacks them", "[input]") {
    SeatInput seat{};
    room::applyTo(seat, {1, 0, 0, 1, {}, {-32768, 32767, -1, 1, 32767, 12}}, 0, false);
    CHECK(std::int16_t(seat.sticks) == -32768);
    CHECK(std::int16_t(seat.sticks >> 16) == 32767);
    CHECK(std::int16_t(seat.sticks >> 32) == -1);
    CHECK(std::int16_t(seat.sticks >> 48) == 1);
    CHECK(std::uint16_t(seat.triggers) == 32767);
    CHECK(seat.triggers >> 16 == 12);
}

TEST_CASE("who waits for input is told of each change of buttons, and of nothing else", "[input]") {
    int told = 0;
    auto seats = std::make_shared<room::Seats>();
    PeerInput input(seats, [&] { ++told; });
    const auto send = [&](InputPacket packet) { input.apply(std::as_bytes(std::span(&packet, 1))); };
    send({1, 0, a, 1, {}, {}});
    CHECK(told == 0); // it has no seat
    input.sit({0});
    send({1, 0, left, 2, {a}, {}});
    CHECK(told == 1);
    send({1, 0, left, 2, {a}, {}});          // repeated
    send({1, 0, left, 3, {left, a}, {100}}); // a stick
    CHECK(told == 1);
    send({1, 0, left, 5, {left | a, left, a}, {}}); // pressed and let go within lost packets
    CHECK(told == 2);
    send({1, 0, 0, 6, {left}, {}});
    CHECK(told == 3);
}
