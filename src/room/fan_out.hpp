#pragma once
// From one encoder to every peer that watches it.
#include "base/gst.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace cloudretro::room {

// The end of one peer's track: an appsrc of RTP packets in front of its webrtcbin. Fed by an encoder's
// streaming thread, opened and closed by the loop.
class Track {
public:
    // A video track asks for a keyframe when it has to leave out pictures; `requestKeyframe` is called on any
    // thread.
    Track(base::Ref<GstElement> appsrc, bool isVideo, std::function<void()> requestKeyframe)
        : appsrc_(std::move(appsrc)),
          isVideo_(isVideo),
          requestKeyframe_(std::move(requestKeyframe)) {}

    // From now on packets pass; video from the next keyframe on. Any thread.
    void open() { open_ = true; }
    void close() { open_ = false; }

    // One encoded picture or block of sound, as RTP. Never waits: appsrc drops the oldest when the peer is
    // slow.
    void push(GstSample* packets, bool isKey);

private:
    base::Ref<GstElement> appsrc_;
    const bool isVideo_;
    const std::function<void()> requestKeyframe_;
    std::atomic<bool> open_ = false;
    bool started_ = false,
         wanted_ = false; // streaming thread; wanted: a keyframe, once there is room for one
};

// Who gets an encoder's packets. Changed by the loop, read by a streaming thread that never waits for it: a
// change makes a new list.
class FanOut {
public:
    void add(const std::shared_ptr<Track>& track);
    void remove(const std::shared_ptr<Track>& track);
    bool empty() const { return tracks_.load()->empty(); }

    void push(GstSample* packets, bool isKey) const; // streaming thread

    // Whether anything was pushed yet. Outlives this object; any thread.
    std::shared_ptr<const std::atomic<bool>> begun() const { return begun_; }

private:
    using Tracks = std::vector<std::shared_ptr<Track>>;
    const std::shared_ptr<std::atomic<bool>> begun_ = std::make_shared<std::atomic<bool>>(false);
    std::atomic<std::shared_ptr<const Tracks>> tracks_ = std::make_shared<const Tracks>();
};

}
