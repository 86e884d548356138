#include "room/video_encoder.hpp"

#include "room/playout_delay.hpp"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include <algorithm>

namespace cloudretro::room {
namespace {

// Payload types and sources of our offers: browsers answer with the same, so one payloader serves all peers.
constexpr int payloadType = 96;
constexpr guint ssrc = 0x43520001;

constexpr const char* keyframeInterval = "1000000"; // never by itself: only when a peer asks

const char* encoderText(Codec codec) {
    // The fastest presets: on flat, enlarged pixels slower ones show no better picture (docs/performance.md).
    // x264: threads=1 since slices do not pay at these sizes. Never intra-refresh: forced keyframes would
    // then not be keyframes. min-force-key-unit-interval defers a request, it does not lose it.
    if (codec == Codec::H264)
        return "x264enc name=encoder tune=zerolatency speed-preset=ultrafast threads=1 pass=cbr"
               " bframes=0 aud=false byte-stream=true vbv-buf-capacity=120 "
               "min-force-key-unit-interval=500000000"
               " ! video/x-h264,profile=constrained-baseline"
               " ! rtph264pay name=payloader config-interval=-1 aggregate-mode=zero-latency mtu=1200";
    return "vp8enc name=encoder deadline=1 cpu-used=16 threads=1 end-usage=cbr lag-in-frames=0"
           " keyframe-mode=disabled error-resilient=default buffer-initial-size=100 buffer-optimal-size=120"
           " buffer-size=150 max-intra-bitrate=250 undershoot=25 overshoot=10 static-threshold=0"
           " min-force-key-unit-interval=500000000"
           " ! rtpvp8pay name=payloader picture-id-mode=15-bit mtu=1200";
}

// First the colours, then the size: in one step each of the four pixels that come of one would be converted
// for itself.
std::string pipelineText(Codec codec) {
    const std::string convert = " ! videoconvertscale method=nearest-neighbour chroma-resampler=nearest"
                                " dither=none add-borders=false n-threads=1 ! ";
    return "appsrc name=picture is-live=true format=time stream-type=stream block=false"
           " leaky-type=downstream max-buffers=2 max-bytes=0 emit-signals=false min-latency=0" +
           convert + "capsfilter name=coloured" + convert + "capsfilter name=scaled ! " + encoderText(codec) +
           " ! appsink name=sink sync=false async=false emit-signals=false buffer-list=true";
}

base::Ref<GstCaps> rawCaps(const char* format) {
    return base::Ref<GstCaps>::adopt(gst_caps_new_simple(
        "video/x-raw", "format", G_TYPE_STRING, format, "colorimetry", G_TYPE_STRING, "bt601", nullptr));
}

struct Outlet {
    const FanOut& fanOut;
    base::Ref<GstCaps> caps;
    std::shared_ptr<Departures> departures;
};

bool isKeyframe(GstSample* sample) {
    auto* list = gst_sample_get_buffer_list(sample);
    auto* first =
        list && gst_buffer_list_length(list) ? gst_buffer_list_get(list, 0) : gst_sample_get_buffer(sample);
    return first && !GST_BUFFER_FLAG_IS_SET(first, GST_BUFFER_FLAG_DELTA_UNIT);
}

// The segment goes along: x264enc stamps from 1000 hours on, and only its segment says so. The caps are ours
// and fixed: an encoder's change with each new picture size, and would make every peer negotiate again.
GstFlowReturn onSample(GstAppSink* sink, gpointer user) {
    const auto& outlet = *static_cast<Outlet*>(user);
    const auto got = base::Ref<GstSample>::adopt(gst_app_sink_pull_sample(sink));
    if (!got) return GST_FLOW_EOS;
    const auto packets = base::Ref<GstSample>::adopt(gst_sample_new(
        gst_sample_get_buffer(got.get()), outlet.caps.get(), gst_sample_get_segment(got.get()), nullptr));
    if (auto* list = gst_sample_get_buffer_list(got.get())) gst_sample_set_buffer_list(packets.get(), list);
    outlet.fanOut.push(packets.get(), isKeyframe(got.get()));
    if (outlet.departures) outlet.departures->left(packets.get());
    return GST_FLOW_OK;
}

}

std::optional<Codec> chooseCodec(const std::vector<std::string>& offered) {
    const auto has = [&](const char* name) { return std::ranges::find(offered, name) != offered.end(); };
    if (has("H264")) return Codec::H264;
    if (has("VP8")) return Codec::Vp8;
    return std::nullopt;
}

int enlargement(int width, int height) { return width * height <= 400 * 300 ? 2 : 1; }

int videoBitrate(int width, int height, double fps) {
    constexpr double bitsPerPixel = 0.16; // flat colours and hard edges: more than film needs
    return std::clamp(int(width * height * fps * bitsPerPixel / 1000), 1000, 12000);
}

void fanOutFrom(GstElement* appsink, const FanOut& fanOut, const base::Ref<GstCaps>& caps,
    std::shared_ptr<Departures> departures) {
    GstAppSinkCallbacks callbacks{};
    callbacks.new_sample = onSample;
    gst_app_sink_set_callbacks(GST_APP_SINK(appsink), &callbacks,
        new Outlet{fanOut, caps, std::move(departures)},
        [](gpointer outlet) { delete static_cast<Outlet*>(outlet); });
}

VideoEncoder::VideoEncoder(Codec codec, const RoomClock& clock)
    : codec_(codec),
      pipeline_(base::Pipeline::parse(pipelineText(codec))),
      source_(pipeline_.element("picture")),
      coloured_(pipeline_.element("coloured")),
      scaled_(pipeline_.element("scaled")),
      encoder_(pipeline_.element("encoder")) {
    clock.drive(pipeline_.get());
    gst_util_set_object_arg(G_OBJECT(encoder_.get()),
        codec == Codec::H264 ? "key-int-max" : "keyframe-max-dist", keyframeInterval);
    const auto payloader = pipeline_.element("payloader");
    g_object_set(payloader.get(), "pt", payloadType, "ssrc", ssrc, nullptr);
    g_signal_emit_by_name(payloader.get(), "add-extension", makePlayoutDelay().get());
    fanOutFrom(pipeline_.element("sink").get(), fanOut_, rtpCaps(codec), departures_);
    gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
}

void VideoEncoder::push(const base::Ref<GstBuffer>& picture, const Shape& shape) {
    if (!(shape == shape_)) reshape(shape);
    gst_app_src_push_buffer(GST_APP_SRC(source_.get()), gst_buffer_ref(picture.get()));
}

void VideoEncoder::reshape(const Shape& shape) {
    shape_ = shape;
    const int times = enlargement(shape.width, shape.height);
    const int width = (shape.width * times + 1) / 2 * 2,
              height = (shape.height * times + 1) / 2 * 2; // 4:2:0: even
    const auto scaled = rawCaps("I420");
    gst_caps_set_simple(scaled.get(), "width", G_TYPE_INT, width, "height", G_TYPE_INT, height, nullptr);
    g_object_set(coloured_.get(), "caps", times > 1 ? rawCaps("Y444").get() : scaled.get(), nullptr);
    g_object_set(scaled_.get(), "caps", scaled.get(), nullptr);
    const int bitrate = videoBitrate(width, height, shape.fps);
    if (codec_ == Codec::H264)
        g_object_set(encoder_.get(), "bitrate", guint(bitrate), nullptr);
    else
        g_object_set(encoder_.get(), "target-bitrate", bitrate * 1000, nullptr);
    gst_app_src_set_caps(GST_APP_SRC(source_.get()), shape.caps().get());
}

std::function<void()> VideoEncoder::keyframeRequester() const {
    // Straight to the encoder's source pad: an event through the element would take its state lock.
    // Not before its first picture, which is a keyframe anyway: GStreamer would note that request at
    // x264enc's 1000th hour, and put off all others until then.
    return [pad = base::staticPad(encoder_.get(), "src"), begun = fanOut_.begun()] {
        if (!*begun) return;
        gst_pad_send_event(
            pad.get(), gst_video_event_new_upstream_force_key_unit(GST_CLOCK_TIME_NONE, TRUE, 0));
    };
}

base::Ref<GstCaps> VideoEncoder::rtpCaps(Codec codec) {
    auto* caps = gst_caps_new_simple("application/x-rtp", "media", G_TYPE_STRING, "video", "clock-rate",
        G_TYPE_INT, 90000, "encoding-name", G_TYPE_STRING, codec == Codec::H264 ? "H264" : "VP8", "payload",
        G_TYPE_INT, payloadType, "ssrc", G_TYPE_UINT, ssrc, nullptr);
    const auto extension = "extmap-" + std::to_string(playoutDelayId);
    gst_caps_set_simple(caps, extension.c_str(), G_TYPE_STRING, playoutDelayUri, nullptr);
    if (codec == Codec::H264) // 42e01f: constrained baseline, level 3.1, what every browser lists
        gst_caps_set_simple(caps, "packetization-mode", G_TYPE_STRING, "1", "profile-level-id", G_TYPE_STRING,
            "42e01f", "level-asymmetry-allowed", G_TYPE_STRING, "1", nullptr);
    return base::Ref<GstCaps>::adopt(caps);
}

}
