#include "room/peer_input.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace cloudretro::room {
namespace {

static_assert(
    std::endian::native == std::endian::little, "input packets are little-endian, and read as they come");

constexpr int padOfSeat = 0; // one seat a browser: its first pad

std::uint64_t packSticks(const Axes& axes) {
    std::uint64_t packed = 0;
    for (int i = 3; i >= 0; --i) packed = packed << 16 | std::uint16_t(axes[std::size_t(i)]);
    return packed;
}

}

void applyTo(SeatInput& seat, const InputPacket& packet, std::uint32_t last, bool any) {
    // Oldest first: what this packet knows of states that no packet of their own brought.
    const auto since = any ? packet.sequence - last : 0;
    const auto missed = since == 0 ? 0 : std::min<std::uint32_t>(since - 1, packet.earlier.size());
    auto before = Buttons(seat.state.load(std::memory_order_relaxed));
    std::uint32_t pressed = 0;
    for (auto i = missed; i-- > 0;) {
        pressed |= packet.earlier[i] & ~before;
        before = packet.earlier[i];
    }
    pressed |= packet.buttons & ~before;
    if (pressed) seat.pressed.fetch_or(pressed, std::memory_order_relaxed);
    seat.sticks.store(packSticks(packet.axes), std::memory_order_relaxed);
    seat.triggers.store(std::uint32_t(std::uint16_t(packet.axes[5])) << 16 | std::uint16_t(packet.axes[4]),
        std::memory_order_relaxed);
    seat.state.store(std::uint64_t(packet.sequence) << 32 | packet.buttons, std::memory_order_release);
}

void PeerInput::sit(int seat) {
    release();
    seat_ = seat >= 0 && seat < int(maxSeats) ? seat : -1;
}

void PeerInput::release() {
    const int seat = seat_.exchange(-1);
    if (seat < 0) return;
    auto& left = (*seats_)[std::size_t(seat)];
    left.state = left.state & ~std::uint64_t{0xffff};
    left.pressed = 0;
    left.sticks = 0;
    left.triggers = 0;
}

void PeerInput::apply(std::span<const std::byte> bytes) {
    InputPacket packet;
    const int seat = seat_;
    if (seat < 0 || bytes.size() != sizeof packet) return;
    std::memcpy(&packet, bytes.data(), sizeof packet);
    if (packet.version != InputPacket::currentVersion || packet.pad != padOfSeat) return;
    if (any_ && std::int32_t(packet.sequence - last_) < 0) return; // overtaken on the way
    applyTo((*seats_)[std::size_t(seat)], packet, last_, any_);
    last_ = packet.sequence;
    any_ = true;
}

}
