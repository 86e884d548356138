#pragma once
// Tells one browser which of its input a picture shows, and how long that took here
// (cloudretro/feedback.hpp).
#include "cloudretro/feedback.hpp"
#include "room/departures.hpp"
#include "room/peer_input.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace cloudretro::room {

// Lives on the loop.
class Feedback {
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit Feedback(std::shared_ptr<const PeerInput> input) : input_(std::move(input)) {}

    // Whether there is something to say once this frame has left.
    bool wants(const FrameTimes& frame, Time now) const;

    // What there is to say of it; takes it for said.
    std::vector<FeedbackPacket> tell(const Departure& departure, Time now);

private:
    bool isNews(unsigned pad, const FrameTimes& frame) const;
    std::uint32_t shown(unsigned pad, const FrameTimes& frame) const;

    std::shared_ptr<const PeerInput> input_;
    std::array<std::optional<std::uint32_t>, maxSeats> told_; // sequences
    Time last_;
};

}
