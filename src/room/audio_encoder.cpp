#include "room/audio_encoder.hpp"

#include "room/video_encoder.hpp"

#include <gst/app/gstappsrc.h>

namespace cloudretro::room {
namespace {

constexpr int payloadType = 97;
constexpr guint ssrc = 0x43520002;

// Restricted low delay saves Opus's 4 ms of look-ahead; 10 ms frames are the shortest every browser's answer
// allows.
constexpr const char* pipelineText =
    "appsrc name=sound is-live=true format=time stream-type=stream block=false leaky-type=downstream"
    " max-time=200000000 max-bytes=0 emit-signals=false min-latency=0"
    " caps=audio/x-raw,format=S16LE,layout=interleaved,rate=48000,channels=2"
    " ! opusenc frame-size=10 audio-type=restricted-lowdelay bitrate=128000 bitrate-type=cbr"
    " perfect-timestamp=true"
    " ! rtpopuspay name=payloader"
    " ! appsink name=sink sync=false async=false emit-signals=false";

}

AudioEncoder::AudioEncoder(const RoomClock& clock)
    : clock_(clock),
      pipeline_(base::Pipeline::parse(pipelineText)),
      source_(pipeline_.element("sound")) {
    clock.drive(pipeline_.get());
    g_object_set(pipeline_.element("payloader").get(), "pt", payloadType, "ssrc", ssrc, nullptr);
    fanOutFrom(pipeline_.element("sink").get(), fanOut_, rtpCaps());
    gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
}

void AudioEncoder::push(std::span<const std::int16_t> block, std::int64_t time) {
    if (fanOut_.empty() || time < std::int64_t(clock_.base())) return;
    auto* buffer = gst_buffer_new_memdup(block.data(), block.size_bytes());
    GST_BUFFER_PTS(buffer) = GstClockTime(time) - clock_.base();
    GST_BUFFER_DURATION(buffer) = 10 * GST_MSECOND;
    gst_app_src_push_buffer(GST_APP_SRC(source_.get()), buffer);
}

base::Ref<GstCaps> AudioEncoder::rtpCaps() {
    return base::Ref<GstCaps>::adopt(gst_caps_new_simple("application/x-rtp", "media", G_TYPE_STRING, "audio",
        "clock-rate", G_TYPE_INT, 48000, "encoding-name", G_TYPE_STRING, "OPUS", "encoding-params",
        G_TYPE_STRING, "2", "payload", G_TYPE_INT, payloadType, "ssrc", G_TYPE_UINT, ssrc, nullptr));
}

}
