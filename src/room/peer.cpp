#include "room/peer.hpp"

#include "base/log.hpp"
#include "room/fingerprint.hpp"
#include "room/ice.hpp"
#include "room/reaper.hpp"

#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>

#include <algorithm>
#include <atomic>

namespace cloudretro::room {
namespace {

using base::Ref;

const protocol::Trouble badAnswer{"bad-answer", "The browser's answer could not be used.",
    "Reload the page; if it happens again, try another browser."};
const protocol::Trouble stranger{"stranger", "Somebody else answered in this browser's place.",
    "Use a network that you trust, or put TLS in front of the server."};
const protocol::Trouble connectionLost; // no code: the browser may connect again, in the same seat

GstElement* make(const char* factory) {
    auto* element = gst_element_factory_make(factory, nullptr);
    if (!element)
        throw base::Failure("no-pipeline", std::string("The GStreamer element ") + factory + " is missing.",
            "Run scripts/install-deps, which installs the plugins that it needs.");
    return element;
}

// A candidate worth telling a browser: link-local addresses lead nowhere without a zone.
bool isUseful(std::string_view candidate) {
    return !candidate.empty() && candidate.find(" fe80:") == std::string_view::npos;
}

// SCTP associations are found by a number that webrtcbin 1.22 draws at random, 16 bits for the whole process:
// two peers with the same one hang at their end. So they get numbers in turn.
void numberSctp(GstElement* element) {
    static std::atomic<guint> next = 1;
    const auto* factory = gst_element_get_factory(element);
    const std::string_view name = factory ? GST_OBJECT_NAME(factory) : "";
    if (name != "sctpdec" && name != "sctpenc") return;
    auto* bin = GST_OBJECT_PARENT(element);
    // Decoder and encoder of one peer share a number, kept on their bin.
    auto number = GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(bin), "cloudretro-sctp"));
    if (number == 0) {
        number = next++ % 65535 + 1;
        g_object_set_data(G_OBJECT(bin), "cloudretro-sctp", GUINT_TO_POINTER(number));
    }
    g_object_set(element, "sctp-association-id", number, nullptr);
}

// Our own fixed caps, and a queue that drops the oldest when this peer is slow: the encoder never waits for
// it.
GstElement* makeSource(const Ref<GstCaps>& caps) {
    auto* source = make("appsrc");
    g_object_set(source, "is-live", TRUE, "format", GST_FORMAT_TIME, "emit-signals", FALSE,
        "handle-segment-change", TRUE, "leaky-type", 2 /* downstream */, "max-bytes", guint64(0), "max-time",
        guint64(200 * GST_MSECOND), "caps", caps.get(), nullptr);
    return source;
}

// A browser's PLI or FIR comes up here as an event; everything else ends at the appsrc.
void answerKeyframeRequests(GstElement* source, std::function<void()> request) {
    using Request = std::function<void()>;
    gst_pad_add_probe(
        base::staticPad(source, "src").get(), GST_PAD_PROBE_TYPE_EVENT_UPSTREAM,
        [](GstPad*, GstPadProbeInfo* info, gpointer request) {
            if (!gst_video_event_is_force_key_unit(GST_PAD_PROBE_INFO_EVENT(info))) return GST_PAD_PROBE_OK;
            (*static_cast<Request*>(request))();
            return GST_PAD_PROBE_DROP;
        },
        new Request(std::move(request)), [](gpointer request) { delete static_cast<Request*>(request); });
}

}

std::shared_ptr<Peer> Peer::make(PeerSetup setup, const RoomClock& clock) {
    auto peer = std::shared_ptr<Peer>(new Peer(std::move(setup)));
    peer->build(clock);
    return peer;
}

Peer::Peer(PeerSetup setup) : setup_(std::move(setup)), pipeline_(gst_pipeline_new(nullptr)) {}

Peer::~Peer() {
    if (video_) video_->close();
    if (audio_) audio_->close();
    bus_ = {};
    // Queued messages hold references to elements: drop them too.
    gst_bus_set_flushing(Ref<GstBus>::adopt(gst_element_get_bus(pipeline_.get())).get(), TRUE);
    connections_.clear();
    reap(std::move(pipeline_), std::move(channel_));
}

// The order matters: pads before READY, the channel in READY (webrtcbin refuses it earlier), then PLAYING;
// the offer only when webrtcbin asks for it, when it knows the caps of both pads.
void Peer::build(const RoomClock& clock) {
    clock.drive(pipeline_.get());
    webrtc_ = room::make("webrtcbin");
    gst_bin_add(GST_BIN(pipeline_.get()), webrtc_);
    g_object_set(webrtc_, "bundle-policy", GST_WEBRTC_BUNDLE_POLICY_MAX_BUNDLE, "latency", 0u, nullptr);
    configureIce(webrtc_, setup_.ports, setup_.iceServers);
    connectSignals();
    video_ = addTrack(setup_.video, true);
    audio_ = addTrack(setup_.audio, false);
    gst_element_set_state(pipeline_.get(), GST_STATE_READY);
    openChannel();
    gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
}

// Two media streams, by two names: in one, browsers hold the picture back for the sound.
std::shared_ptr<Track> Peer::addTrack(const Ref<GstCaps>& caps, bool isVideo) {
    auto* source = makeSource(caps);
    gst_bin_add(GST_BIN(pipeline_.get()), source);
    if (isVideo) answerKeyframeRequests(source, setup_.requestKeyframe);
    const auto pad = Ref<GstPad>::adopt(gst_element_request_pad_simple(webrtc_, "sink_%u"));
    g_object_set(pad.get(), "msid", isVideo ? "picture" : "sound", nullptr);
    gst_pad_link(base::staticPad(source, "src").get(), pad.get());

    GstWebRTCRTPTransceiver* transceiver = nullptr;
    g_object_get(pad.get(), "transceiver", &transceiver, nullptr);
    const auto owner = Ref<GstWebRTCRTPTransceiver>::adopt(transceiver);
    g_object_set(transceiver, "direction", GST_WEBRTC_RTP_TRANSCEIVER_DIRECTION_SENDONLY, nullptr);
    if (isVideo) g_object_set(transceiver, "do-nack", TRUE, nullptr);
    return std::make_shared<Track>(Ref<GstElement>::share(source), isVideo, setup_.requestKeyframe);
}

void Peer::openChannel() {
    const base::Structure options(gst_structure_new(
        "options", "ordered", G_TYPE_BOOLEAN, FALSE, "max-retransmits", G_TYPE_INT, 0, nullptr));
    GObject* channel = nullptr;
    g_signal_emit_by_name(webrtc_, "create-data-channel", "input", options.get(), &channel);
    if (!channel)
        throw base::Failure("no-pipeline", "The data channel for input could not be made.",
            "Install gstreamer1.0-plugins-bad, which has the SCTP plugin.");
    channel_ = Ref<GObject>::adopt(channel);
    // Runs with webrtcbin's lock held: touches nothing but the input block.
    connections_.push_back(
        base::connect<GBytes*>(channel, "on-message-data", [input = setup_.input](GBytes* bytes) {
            gsize size = 0;
            const auto* data = static_cast<const std::byte*>(g_bytes_get_data(bytes, &size));
            input->apply({data, size});
        }));
}

void Peer::connectSignals() {
    const auto post = [weak = weak_from_this()](auto task) {
        base::Loop::post([weak, task = std::move(task)]() mutable {
            if (auto self = weak.lock()) task(*self);
        });
    };
    connections_.push_back(base::connect<>(
        webrtc_, "on-negotiation-needed", [post] { post([](Peer& peer) { peer.createOffer(); }); }));
    connections_.push_back(
        base::connect<guint, char*>(webrtc_, "on-ice-candidate", [post](guint line, char* text) {
            if (!isUseful(text)) return;
            post([line, candidate = std::string(text)](Peer& peer) {
                if (peer.onCandidate) peer.onCandidate(int(line), candidate);
            });
        }));
    connections_.push_back(base::connect<GParamSpec*>(
        webrtc_, "notify::connection-state", [post, webrtc = webrtc_](GParamSpec*) {
            GstWebRTCPeerConnectionState state{};
            g_object_get(webrtc, "connection-state", &state, nullptr);
            post([state](Peer& peer) { peer.handleState(state); });
        }));
    connections_.push_back(base::connect<GstElement*>(webrtc_, "element-added", numberSctp));
    bus_ = base::watchBus(pipeline_.get(), [this](GstMessage* message) { handleBus(message); });
}

void Peer::createOffer() {
    if (std::exchange(offered_, true)) return; // our caps are fixed: one offer says it all
    auto* promise = base::makePromise([weak = weak_from_this()](const GstStructure* reply) {
        GstWebRTCSessionDescription* offer = nullptr;
        if (reply) gst_structure_get(reply, "offer", GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &offer, nullptr);
        auto owned = std::make_shared<base::Description>(offer); // std::function wants to copy
        base::Loop::post([weak, owned] {
            if (auto self = weak.lock()) self->setOffer(std::move(*owned));
        });
    });
    g_signal_emit_by_name(webrtc_, "create-offer", nullptr, promise);
}

void Peer::setOffer(base::Description offer) {
    if (!offer) return gone(connectionLost);
    g_signal_emit_by_name(webrtc_, "set-local-description", offer.get(), nullptr);
    const base::Chars text(gst_sdp_message_as_text(offer->sdp));
    if (onOffer) onOffer(text.get());
}

void Peer::setAnswer(const std::string& sdp) {
    GstSDPMessage* message = nullptr;
    if (!offered_ || gst_sdp_message_new_from_text(sdp.c_str(), &message) != GST_SDP_OK)
        return gone(badAnswer);
    fingerprints_ = fingerprintsOf(message);
    const base::Description answer(gst_webrtc_session_description_new(GST_WEBRTC_SDP_TYPE_ANSWER, message));
    auto* promise = base::makePromise([weak = weak_from_this()](const GstStructure* reply) {
        if (!reply || !gst_structure_has_field(reply, "error")) return;
        base::Loop::post([weak] {
            if (auto self = weak.lock()) self->gone(badAnswer);
        });
    });
    g_signal_emit_by_name(webrtc_, "set-remote-description", answer.get(), promise);
}

// A .local name would be looked up by whatever resolver is here; the browser reaches us without it.
void Peer::addCandidate(int line, const std::string& candidate) {
    if (line < 0 || candidate.empty() || candidate.find(".local") != std::string::npos) return;
    g_signal_emit_by_name(webrtc_, "add-ice-candidate", guint(line), candidate.c_str());
}

bool Peer::isWhoAnswered() const {
    GstWebRTCRTPTransceiver* transceiver = nullptr;
    GstWebRTCRTPSender* sender = nullptr;
    GstWebRTCDTLSTransport* transport = nullptr;
    char* pem = nullptr;
    const auto pad = base::staticPad(webrtc_, "sink_0");
    g_object_get(pad.get(), "transceiver", &transceiver, nullptr);
    const auto transceiverOwner = Ref<GstWebRTCRTPTransceiver>::adopt(transceiver);
    g_object_get(transceiver, "sender", &sender, nullptr);
    const auto senderOwner = Ref<GstWebRTCRTPSender>::adopt(sender);
    g_object_get(sender, "transport", &transport, nullptr);
    const auto transportOwner = Ref<GstWebRTCDTLSTransport>::adopt(transport);
    g_object_get(transport, "remote-certificate", &pem, nullptr);
    const base::Chars pemOwner(pem);
    return pem && std::ranges::find(fingerprints_, fingerprintOf(pem)) != fingerprints_.end();
}

void Peer::handleState(GstWebRTCPeerConnectionState state) {
    if (state == GST_WEBRTC_PEER_CONNECTION_STATE_CONNECTED) {
        if (!isWhoAnswered()) return gone(stranger);
        video_->open();
        audio_->open();
        setup_.requestKeyframe();
        if (onConnected) onConnected();
    } else if (state == GST_WEBRTC_PEER_CONNECTION_STATE_FAILED ||
               state == GST_WEBRTC_PEER_CONNECTION_STATE_CLOSED) {
        gone(connectionLost);
    }
}

void Peer::handleBus(GstMessage* message) {
    if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_LATENCY) {
        // Without it rtpsession cannot map RTP time to running time, and complains with every packet.
        gst_bin_recalculate_latency(GST_BIN(pipeline_.get()));
    } else if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
        // A browser's close() shows as an SCTP error, and nowhere else.
        base::Error error;
        gst_message_parse_error(message, base::ErrorSlot(error), nullptr);
        base::logDebug(std::string("peer pipeline: ") + error->message);
        gone(connectionLost);
    }
}

void Peer::gone(const protocol::Trouble& trouble) {
    if (std::exchange(gone_, true)) return;
    const auto keep = shared_from_this(); // the handler may drop us
    if (onGone) onGone(trouble);
}

}
