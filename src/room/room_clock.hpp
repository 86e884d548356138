#pragma once
// The one time of a room: all its pipelines run on it, so that a stamp made for one is right in another.
#include "base/gst.hpp"

#include <algorithm>
#include <cstdint>

namespace cloudretro::room {

// GstSystemClock is CLOCK_MONOTONIC, the clock that the emulator stamps frames with. Any thread.
class RoomClock {
public:
    RoomClock()
        : clock_(base::Ref<GstClock>::adopt(gst_system_clock_obtain())),
          base_(gst_clock_get_time(clock_.get())) {}

    // Makes `pipeline` run on this time.
    void drive(GstElement* pipeline) const {
        gst_pipeline_use_clock(GST_PIPELINE(pipeline), clock_.get());
        gst_element_set_start_time(pipeline, GST_CLOCK_TIME_NONE); // keep the base time that comes next
        gst_element_set_base_time(pipeline, base_);
    }

    // A monotonic stamp (ns) as running time. Never ahead of now: webrtcbin would hold such a packet back.
    GstClockTime runningTime(std::int64_t monotonic) const {
        const auto stamp = GstClockTime(std::max<std::int64_t>(monotonic, std::int64_t(base_)));
        return std::min(stamp, gst_clock_get_time(clock_.get())) - base_;
    }

    std::int64_t now() const { return std::int64_t(gst_clock_get_time(clock_.get())); } // monotonic, ns

    GstClockTime base() const { return base_; }

private:
    base::Ref<GstClock> clock_;
    GstClockTime base_;
};

}
