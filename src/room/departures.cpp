#include "room/departures.hpp"

#include <algorithm>
#include <ctime>

namespace cloudretro::room {
namespace {

std::int64_t monotonic() {
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

// Bytes 4 to 7 of a packet, the highest first.
std::uint32_t rtpTimestampOf(GstBuffer* packet) {
    std::array<std::uint8_t, 4> bytes{};
    gst_buffer_extract(packet, 4, bytes.data(), bytes.size());
    return GST_READ_UINT32_BE(bytes.data());
}

GstBuffer* firstOf(GstSample* packets) {
    auto* list = gst_sample_get_buffer_list(packets);
    if (!list) return gst_sample_get_buffer(packets);
    return gst_buffer_list_length(list) ? gst_buffer_list_get(list, 0) : nullptr;
}

}

void Departures::follow(const FrameTimes& frame) {
    frames_.push_back(frame);
    if (frames_.size() > inFlight) frames_.pop_front();
    wanted_[next_++ % inFlight] = frame.time;
}

void Departures::left(GstSample* packets) {
    auto* first = firstOf(packets);
    if (!first) return;
    auto time =
        gst_segment_to_running_time(gst_sample_get_segment(packets), GST_FORMAT_TIME, GST_BUFFER_PTS(first));
    for (auto& wanted : wanted_) {
        if (auto expected = time; !expected || !wanted.compare_exchange_strong(expected, 0)) continue;
        base::Loop::post([weak = weak_from_this(), time, stamp = rtpTimestampOf(first), now = monotonic()] {
            if (const auto self = weak.lock()) self->departed(time, stamp, now);
        });
        return;
    }
}

void Departures::departed(GstClockTime time, std::uint32_t rtpTimestamp, std::int64_t left) {
    const auto frame = std::ranges::find(frames_, time, &FrameTimes::time);
    if (frame != frames_.end() && onDeparted) onDeparted({*frame, rtpTimestamp, left});
}

}
