#include "room/fan_out.hpp"

#include <gst/app/gstappsrc.h>

#include <algorithm>
#include <utility>

namespace cloudretro::room {
namespace {

constexpr GstClockTime farBehind = 100 * GST_MSECOND; // what a player would call lag

}

void Track::push(GstSample* packets, bool isKey) {
    if (!open_) return;
    if (isVideo_) {
        const bool behind = gst_app_src_get_current_level_time(GST_APP_SRC(appsrc_.get())) > farBehind;
        if (behind && (isKey || std::exchange(started_, false))) wanted_ = true;
        if (!started_ && !behind && !isKey && std::exchange(wanted_, false)) requestKeyframe_();
        if (behind || (!started_ && !isKey)) return; // a decoder can begin only with a keyframe
        started_ = true;
    }
    gst_app_src_push_sample(GST_APP_SRC(appsrc_.get()), packets);
}

void FanOut::add(const std::shared_ptr<Track>& track) {
    auto next = *tracks_.load();
    next.push_back(track);
    tracks_.store(std::make_shared<const Tracks>(std::move(next)));
}

void FanOut::remove(const std::shared_ptr<Track>& track) {
    auto next = *tracks_.load();
    std::erase(next, track);
    tracks_.store(std::make_shared<const Tracks>(std::move(next)));
}

void FanOut::push(GstSample* packets, bool isKey) const {
    *begun_ = true;
    const auto tracks = tracks_.load(); // kept: the loop may replace the list meanwhile
    for (const auto& track : *tracks) track->push(packets, isKey);
}

}
