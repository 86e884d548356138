#include "room/feedback.hpp"

#include <algorithm>

namespace cloudretro::room {
namespace {

using namespace std::chrono_literals;

constexpr auto interval = 1s;

// The emulator may have written anything.
std::int64_t between(std::int64_t from, std::int64_t until) {
    return std::int64_t(std::uint64_t(until) - std::uint64_t(from));
}

std::uint16_t inPacket(std::int64_t ns) {
    return std::uint16_t(std::clamp<std::int64_t>(ns / 10'000, 0, FeedbackPacket::unknown - 1));
}

}

std::uint32_t Feedback::shown(unsigned pad, const FrameTimes& frame) const {
    const int seat = input_->seatOf(pad);
    return seat < 0 ? 0 : frame.applied[std::size_t(seat)];
}

bool Feedback::isNews(unsigned pad, const FrameTimes& frame) const {
    const auto sequence = shown(pad, frame);
    return input_->seatOf(pad) >= 0 && told_[pad] != sequence &&
           input_->waited(pad, sequence, frame.polled).has_value();
}

bool Feedback::wants(const FrameTimes& frame, Time now) const {
    if (now - last_ >= interval) return true;
    for (unsigned pad = 0; pad < maxSeats; ++pad)
        if (isNews(pad, frame)) return true;
    return false;
}

std::vector<FeedbackPacket> Feedback::tell(const Departure& departure, Time now) {
    const auto& frame = departure.frame;
    std::vector<FeedbackPacket> packets;
    const auto add = [&](unsigned pad, std::optional<std::int64_t> waited) {
        packets.push_back({FeedbackPacket::currentVersion, std::uint8_t(pad),
            waited ? inPacket(*waited) : FeedbackPacket::unknown, shown(pad, frame), departure.rtpTimestamp,
            frame.polled ? inPacket(between(frame.polled, frame.finished)) : FeedbackPacket::unknown,
            inPacket(between(frame.finished, departure.left))});
    };
    for (unsigned pad = 0; pad < maxSeats; ++pad) {
        if (!isNews(pad, frame)) continue;
        told_[pad] = shown(pad, frame);
        add(pad, input_->waited(pad, *told_[pad], frame.polled));
    }
    if (packets.empty() && now - last_ >= interval) add(0, std::nullopt);
    if (!packets.empty()) last_ = now;
    return packets;
}

}
