#pragma once
// A room's sound: 10 ms blocks in, Opus in RTP packets out to every peer.
#include "base/gst.hpp"
#include "room/fan_out.hpp"
#include "room/room_clock.hpp"

#include <cstdint>
#include <span>

namespace cloudretro::room {

// Lives on the loop; its streaming thread encodes and fans out.
class AudioEncoder {
public:
    explicit AudioEncoder(const RoomClock& clock); // throws Failure
    AudioEncoder(const AudioEncoder&) = delete;
    AudioEncoder& operator=(const AudioEncoder&) = delete;

    // 480 interleaved stereo pairs at 48 kHz; `time`: of the first, monotonic ns. May lie ahead of now:
    // packets then leave at their time, evenly.
    void push(std::span<const std::int16_t> block, std::int64_t time);

    FanOut& fanOut() { return fanOut_; }
    static base::Ref<GstCaps> rtpCaps();

private:
    const RoomClock& clock_;
    FanOut fanOut_; // before the pipeline: its threads use it until it has stopped
    base::Pipeline pipeline_;
    base::Ref<GstElement> source_;
};

}
