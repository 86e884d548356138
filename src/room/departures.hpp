#pragma once
// When chosen pictures have left an encoder, and under which RTP timestamp.
#include "base/gst.hpp"
#include "cloudretro/input.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>

namespace cloudretro::room {

// A picture on its way, as its frame was. Times are CLOCK_MONOTONIC, ns, and the emulator's word.
struct FrameTimes {
    GstClockTime time = 0;                         // running time
    std::array<std::uint32_t, maxSeats> applied{}; // as in ipc::FrameHeader, as the rest
    std::int64_t polled = 0, finished = 0;
};

struct Departure {
    FrameTimes frame;
    std::uint32_t rtpTimestamp = 0;
    std::int64_t left = 0; // monotonic, ns: when its packets were with the peers' senders
};

// Between the loop, which says which pictures matter, and an encoder's streaming thread, which never waits.
// For the others that thread posts nothing.
class Departures : public std::enable_shared_from_this<Departures> {
public:
    // Loop thread, before the picture is pushed.
    void follow(const FrameTimes& frame);
    std::function<void(const Departure&)> onDeparted; // loop thread; not for a picture that was dropped

    // Streaming thread: these packets of one picture have just left.
    void left(GstSample* packets);

private:
    static constexpr std::size_t inFlight = 4; // an encoder's queue and what it works on

    void departed(GstClockTime time, std::uint32_t rtpTimestamp, std::int64_t left);

    std::array<std::atomic<GstClockTime>, inFlight> wanted_{}; // 0: none
    std::size_t next_ = 0;
    std::deque<FrameTimes> frames_; // the last that were wanted
};

}
