#include "room/peer_input.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace cloudretro::room {
namespace {

static_assert(
    std::endian::native == std::endian::little, "input packets are little-endian, and read as they come");

std::uint64_t stateOf(const InputPacket& packet) {
    return std::uint64_t(packet.sequence) << 32 | packet.buttons;
}

void letGo(SeatInput& seat) {
    seat.state = seat.state & ~std::uint64_t{0xffff};
    seat.pressed = 0;
    seat.sticks = 0;
    seat.triggers = 0;
}

// Enough to tell times apart that lie within half an hour.
std::uint32_t micros(std::chrono::nanoseconds time) { return std::uint32_t(time.count() / 1000); }

auto& arrivalOf(auto& arrivals, std::uint32_t sequence) { return arrivals[sequence % arrivals.size()]; }

std::uint64_t packSticks(const Axes& axes) {
    std::uint64_t packed = 0;
    for (int i = 3; i >= 0; --i) packed = packed << 16 | std::uint16_t(axes[std::size_t(i)]);
    return packed;
}

}

bool applyTo(SeatInput& seat, const InputPacket& packet, std::uint32_t last, bool any) {
    // Oldest first: what this packet knows of states that no packet of their own brought.
    const auto since = any ? packet.sequence - last : 0;
    const auto missed = since == 0 ? 0 : std::min<std::uint32_t>(since - 1, packet.earlier.size());
    auto before = Buttons(seat.state.load(std::memory_order_relaxed));
    const auto shown = before;
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
    seat.state.store(stateOf(packet), std::memory_order_release);
    return pressed || packet.buttons != shown;
}

void PeerInput::sit(const std::vector<int>& seats) {
    for (std::size_t i = 0; i < pads_.size(); ++i) {
        const int wanted = i < seats.size() ? seats[i] : -1;
        const int seat = wanted >= 0 && wanted < int(maxSeats) ? wanted : -1;
        const int before = pads_[i].seat.exchange(seat);
        if (before >= 0 && before != seat) letGo((*seats_)[std::size_t(before)]);
    }
    show();
}

void PeerInput::show() {
    for (const auto& pad : pads_)
        if (const int seat = pad.seat; seat >= 0) (*seats_)[std::size_t(seat)].state = pad.state.load();
}

std::optional<std::int64_t> PeerInput::waited(
    unsigned pad, std::uint32_t sequence, std::int64_t until) const {
    const std::uint64_t arrival = arrivalOf(pads_[pad].arrivals, sequence);
    if (arrival == 0 || arrival >> 32 != sequence) return std::nullopt;
    const auto waited = micros(std::chrono::nanoseconds(until)) - std::uint32_t(arrival);
    return std::max<std::int64_t>(0, std::int32_t(waited)) * 1000;
}

void PeerInput::apply(std::span<const std::byte> bytes) {
    InputPacket packet;
    if (bytes.size() != sizeof packet) return;
    std::memcpy(&packet, bytes.data(), sizeof packet);
    if (packet.version != InputPacket::currentVersion || packet.pad >= pads_.size()) return;
    const auto now = std::chrono::steady_clock::now();
    heard_ = now;
    auto& pad = pads_[packet.pad];
    if (pad.any && std::int32_t(packet.sequence - pad.last) < 0) return; // overtaken on the way
    if (!pad.any || packet.sequence != pad.last)
        arrivalOf(pad.arrivals, packet.sequence) =
            std::uint64_t(packet.sequence) << 32 | micros(now.time_since_epoch());
    pad.state = stateOf(packet);
    if (const int seat = pad.seat; seat >= 0)
        if (applyTo((*seats_)[std::size_t(seat)], packet, pad.last, pad.any)) changed_();
    pad.last = packet.sequence;
    pad.any = true;
}

}
