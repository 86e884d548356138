#include "viewer.hpp"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

#include <algorithm>
#include <cmath>

using namespace cloudretro;
using base::Ref;

namespace {

using OnSample = std::function<void(GstSample*)>;

// A tail of the pipeline that hands each decoded sample to `onSample`, on a streaming thread.
GstElement* makeTail(const std::string& text, OnSample onSample) {
    auto* tail =
        gst_parse_bin_from_description((text + " ! appsink name=sink sync=false").c_str(), TRUE, nullptr);
    const auto sink = Ref<GstElement>::adopt(gst_bin_get_by_name(GST_BIN(tail), "sink"));
    GstAppSinkCallbacks callbacks{};
    callbacks.new_sample = [](GstAppSink* sink, gpointer user) {
        const auto sample = Ref<GstSample>::adopt(gst_app_sink_pull_sample(sink));
        if (sample) (*static_cast<OnSample*>(user))(sample.get());
        return GST_FLOW_OK;
    };
    gst_app_sink_set_callbacks(GST_APP_SINK(sink.get()), &callbacks, new OnSample(std::move(onSample)),
        [](gpointer user) { delete static_cast<OnSample*>(user); });
    return tail;
}

}

Viewer::Viewer(std::string codec) : pipeline_(gst_pipeline_new(nullptr)), codec_(std::move(codec)) {
    webrtc_ = gst_element_factory_make("webrtcbin", nullptr);
    g_object_set(webrtc_, "bundle-policy", GST_WEBRTC_BUNDLE_POLICY_MAX_BUNDLE, "latency", 0u, nullptr);
    gst_bin_add(GST_BIN(pipeline_.get()), webrtc_);
    GObject *ice = nullptr, *agent = nullptr;
    g_object_get(webrtc_, "ice-agent", &ice, nullptr);
    const auto iceOwner = Ref<GObject>::adopt(ice);
    g_object_get(ice, "agent", &agent, nullptr);
    const auto agentOwner = Ref<GObject>::adopt(agent);
    g_object_set(agent, "upnp", FALSE, nullptr); // asks the network for what a test must not
    connections_.push_back(
        base::connect<guint, char*>(webrtc_, "on-ice-candidate", [this](guint line, char* text) {
            base::Loop::post(
                [this, line, candidate = std::string(text)] { onCandidate(int(line), candidate); });
        }));
    connections_.push_back(
        base::connect<GstPad*>(webrtc_, "pad-added", [this](GstPad* pad) { addPad(pad); }));
    connections_.push_back(base::connect<GObject*>(webrtc_, "on-data-channel", [this](GObject* channel) {
        channel_ = Ref<GObject>::share(channel);
        channelOpen_ = true;
    }));
    // As in the room: association numbers drawn at random may collide.
    connections_.push_back(base::connect<GstElement*>(webrtc_, "element-added", [](GstElement* element) {
        const auto* factory = gst_element_get_factory(element);
        const std::string_view name = factory ? GST_OBJECT_NAME(factory) : "";
        static std::atomic<guint> next = 20000;
        static thread_local guint number = 0;
        if (name == "sctpdec") number = next++;
        if (name == "sctpdec" || name == "sctpenc")
            g_object_set(element, "sctp-association-id", number, nullptr);
    }));
    gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
}

Viewer::~Viewer() {
    connections_.clear();
    gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

void Viewer::offer(const std::string& sdp) {
    GstSDPMessage* message = nullptr;
    gst_sdp_message_new_from_text(sdp.c_str(), &message);
    const base::Description offer(gst_webrtc_session_description_new(GST_WEBRTC_SDP_TYPE_OFFER, message));
    g_signal_emit_by_name(webrtc_, "set-remote-description", offer.get(), nullptr);
    auto* promise = base::makePromise([this](const GstStructure* reply) {
        GstWebRTCSessionDescription* raw = nullptr;
        if (reply) gst_structure_get(reply, "answer", GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &raw, nullptr);
        const base::Description answer(raw);
        if (!answer) return;
        g_signal_emit_by_name(webrtc_, "set-local-description", answer.get(), nullptr);
        const base::Chars text(gst_sdp_message_as_text(answer->sdp));
        base::Loop::post([this, sdp = std::string(text.get())] { onAnswer(sdp); });
    });
    g_signal_emit_by_name(webrtc_, "create-answer", nullptr, promise);
}

void Viewer::candidate(int line, const std::string& candidate) {
    g_signal_emit_by_name(webrtc_, "add-ice-candidate", guint(line), candidate.c_str());
}

void Viewer::press(Buttons buttons) {
    packet_.version = InputPacket::currentVersion;
    ++packet_.sequence;
    std::shift_right(packet_.earlier.begin(), packet_.earlier.end(), 1);
    packet_.earlier[0] = packet_.buttons;
    packet_.buttons = buttons;
    sendState();
    if (!beating_) beating_ = cloudretro::base::Loop::every(std::chrono::seconds(1), [this] { sendState(); });
}

void Viewer::sendState() {
    GstWebRTCDataChannelState state{};
    if (channelOpen_) g_object_get(channel_.get(), "ready-state", &state, nullptr);
    if (state != GST_WEBRTC_DATA_CHANNEL_STATE_OPEN) return;
    const auto bytes = Ref<GBytes>::adopt(g_bytes_new(&packet_, sizeof packet_));
    g_signal_emit_by_name(channel_.get(), "send-data", bytes.get());
}

void Viewer::requestKeyframe() {
    gst_pad_send_event(
        videoPad_.get(), gst_video_event_new_upstream_force_key_unit(GST_CLOCK_TIME_NONE, TRUE, 0));
}

void Viewer::addPad(GstPad* pad) {
    if (gst_pad_get_direction(pad) != GST_PAD_SRC) return;
    const auto caps = Ref<GstCaps>::adopt(gst_pad_get_current_caps(pad));
    const char* media = gst_structure_get_string(gst_caps_get_structure(caps.get(), 0), "media");
    const bool isVideo = std::string_view(media) == "video";
    GstElement* tail = nullptr;
    if (isVideo) {
        videoPad_ = Ref<GstPad>::share(pad);
        tail = makeTail(codec_ == "H264" ? "rtph264depay name=depay ! h264parse ! openh264dec"
                                         : "rtpvp8depay name=depay ! vp8dec",
            [this](GstSample* sample) { takePicture(sample); });
    } else {
        tail = makeTail("rtpopusdepay ! opusdec ! audio/x-raw,format=S16LE",
            [this](GstSample* sample) { takeSound(sample); });
    }
    if (isVideo) {
        const auto count = [](GstPad*, GstPadProbeInfo* info, gpointer self) {
            if (!GST_BUFFER_FLAG_IS_SET(GST_PAD_PROBE_INFO_BUFFER(info), GST_BUFFER_FLAG_DELTA_UNIT))
                ++static_cast<Viewer*>(self)->keyframes_;
            return GST_PAD_PROBE_OK;
        };
        const auto depay = Ref<GstElement>::adopt(gst_bin_get_by_name(GST_BIN(tail), "depay"));
        gst_pad_add_probe(
            base::staticPad(depay.get(), "src").get(), GST_PAD_PROBE_TYPE_BUFFER, count, this, nullptr);
    }
    gst_bin_add(GST_BIN(pipeline_.get()), tail);
    gst_element_sync_state_with_parent(tail);
    gst_pad_link(pad, base::staticPad(tail, "sink").get());
}

void Viewer::takePicture(GstSample* sample) {
    GstVideoInfo info;
    GstVideoFrame frame;
    if (!gst_video_info_from_caps(&info, gst_sample_get_caps(sample)) ||
        !gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample), GST_MAP_READ))
        return;
    const auto* luma = static_cast<const guint8*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0));
    const int stride = GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0);
    double sum = 0;
    for (int y = 0; y < info.height; ++y)
        for (int x = 0; x < info.width; ++x) sum += luma[y * stride + x];
    brightness_ = sum / (info.width * info.height);
    width_ = info.width;
    height_ = info.height;
    takeCount(luma, stride);
    gst_video_frame_unmap(&frame);
    ++frames_;
}

// Pictures come enlarged: two pixels for one of the game.
void Viewer::takeCount(const unsigned char* luma, int stride) {
    const int width = width_ / 2, height = height_ / 2, top = 96 - (240 - height) / 2;
    if (height < 200 || width < 200) return;
    std::uint32_t number = 0;
    for (int n = 0; n < 32; ++n) {
        const int x = n % 16 * 16 + 8 - (256 - width) / 2, y = top + n / 16 * 16 + 8;
        number = number << 1 | (luma[2 * y * stride + 2 * x] > 128);
    }
    const std::uint32_t before = count_;
    if (number == before) return;
    const auto now = g_get_monotonic_time() * 1000;
    if (counted_) longestStill_ = std::max<std::int64_t>(longestStill_, now - counted_);
    if (number < before) farthestBack_ = std::max<std::uint32_t>(farthestBack_, before - number);
    counted_ = now;
    count_ = number;
}

void Viewer::takeSound(GstSample* sample) {
    GstMapInfo map;
    if (!gst_buffer_map(gst_sample_get_buffer(sample), &map, GST_MAP_READ)) return;
    const auto* samples = reinterpret_cast<const gint16*>(map.data);
    const auto count = map.size / 2;
    double sum = 0;
    for (gsize i = 0; i < count; ++i) sum += double(samples[i]) * samples[i];
    loudness_ = count ? std::sqrt(sum / double(count)) / 32768 : 0;
    gst_buffer_unmap(gst_sample_get_buffer(sample), &map);
    ++blocks_;
}
