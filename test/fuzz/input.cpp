// Packets from browsers' pads, and what the room tells of them by the word of an emulator that lies.
#include "room/feedback.hpp"

#include <cstdlib>
#include <cstring>

using namespace cloudretro;

// Times and sequences of a frame, then packets of 28 bytes and a shorter one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto seats = std::make_shared<room::Seats>();
    const auto input = std::make_shared<room::PeerInput>(seats);
    input->sit({3, -1, 7, 99});
    room::Departure departure;
    const auto take = [&](auto& into) {
        const auto count = std::min(size, sizeof into);
        std::memcpy(&into, data, count);
        data += count;
        size -= count;
    };
    take(departure.frame.applied);
    take(departure.frame.polled);
    take(departure.frame.finished);
    room::Feedback feedback(input);
    for (room::Feedback::Time now{}; size > 0; now += std::chrono::milliseconds(100)) {
        std::array<std::byte, sizeof(InputPacket)> packet;
        const auto count = std::min(size, packet.size());
        take(packet);
        input->apply(std::span(packet).first(count));
        const bool wanted = feedback.wants(departure.frame, now);
        const auto said = feedback.tell(departure, now);
        if (wanted == said.empty() || said.size() > maxSeats) std::abort();
        for (const auto& each : said)
            if (each.pad >= maxSeats) std::abort();
    }
    return 0;
}
