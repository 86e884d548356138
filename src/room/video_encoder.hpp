#pragma once
// One codec of a room: raw pictures in, RTP packets out to every peer that chose it.
#include "base/gst.hpp"
#include "room/departures.hpp"
#include "room/fan_out.hpp"
#include "room/picture_pool.hpp"
#include "room/room_clock.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cloudretro::room {

enum class Codec { H264, Vp8 };

// The better of what a browser offers ("H264", "VP8"); nullopt: none that we have.
std::optional<Codec> chooseCodec(const std::vector<std::string>& offered);

// What a picture is enlarged by before encoding, so that each of its pixels keeps its own colour: 4:2:0 video
// stores colour at half the resolution. docs/performance.md has the figures.
int enlargement(int width, int height);

// Target bit rate in kbit/s of an encoded picture of this size.
int videoBitrate(int width, int height, double fps);

// Lives on the loop; its streaming thread encodes, packs and fans out. Made when the first peer wants its
// codec, gone with the last one.
class VideoEncoder {
public:
    VideoEncoder(Codec codec, const RoomClock& clock); // throws Failure
    VideoEncoder(const VideoEncoder&) = delete;
    VideoEncoder& operator=(const VideoEncoder&) = delete;

    // A stamped picture. Never waits: when the encoder is behind, the older picture is dropped.
    void push(const base::Ref<GstBuffer>& picture, const Shape& shape);

    // The next picture becomes a keyframe; requests within half a second are answered by one. Any thread, as
    // long as the returned function lives.
    std::function<void()> keyframeRequester() const;

    FanOut& fanOut() { return fanOut_; }

    // Of its pictures, as their packets leave.
    Departures& departures() { return *departures_; }

    // What its packets are, for a peer's offer: known before the first picture.
    static base::Ref<GstCaps> rtpCaps(Codec codec);

private:
    void reshape(const Shape& shape);

    const Codec codec_;
    const std::shared_ptr<Departures> departures_ = std::make_shared<Departures>();
    FanOut fanOut_; // before the pipeline: its threads use it until it has stopped
    base::Pipeline pipeline_;
    base::Ref<GstElement> source_, coloured_, scaled_, encoder_;
    Shape shape_;
};

// Calls fanOut.push() with each sample that `appsink` gets, its caps replaced by `caps`, and tells
// `departures`, if there are any. The caller stops the pipeline before any of these goes.
void fanOutFrom(GstElement* appsink, const FanOut& fanOut, const base::Ref<GstCaps>& caps,
    std::shared_ptr<Departures> departures = {});

}
