#include "room/fan_out.hpp"

#include <gst/app/gstappsrc.h>

#include <algorithm>

namespace cloudretro::room {

void Track::push(GstSample* packets, bool isKey) {
    if (!open_) return;
    if (isVideo_ && !started_) {
        if (!isKey) return; // a decoder can begin only there
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
    const auto tracks = tracks_.load(); // kept: the loop may replace the list meanwhile
    for (const auto& track : *tracks) track->push(packets, isKey);
}

}
