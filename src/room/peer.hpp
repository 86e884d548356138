#pragma once
// One browser's WebRTC connection to the room: two RTP tracks out, input in.
#include "base/gst.hpp"
#include "cloudretro/feedback.hpp"
#include "cloudretro/protocol.hpp"
#include "room/channel.hpp"
#include "room/fan_out.hpp"
#include "room/ice.hpp"
#include "room/peer_input.hpp"
#include "room/room_clock.hpp"

#include <functional>
#include <memory>
#include <string>

namespace cloudretro::room {

// What a peer is made from.
struct PeerSetup {
    base::Ref<GstCaps> video, audio; // of the RTP packets it will get
    std::vector<protocol::IceServer> iceServers;
    Ports ports;
    std::shared_ptr<PeerInput> input;
    std::function<void()> requestKeyframe; // any thread
};

// Lives on the loop; webrtcbin's threads only post to it. We offer, the browser answers.
class Peer : public std::enable_shared_from_this<Peer> {
public:
    static std::shared_ptr<Peer> make(
        PeerSetup setup, const RoomClock& clock); // throws Failure; onOffer follows
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    void setAnswer(const std::string& sdp);
    void addCandidate(int line, const std::string& candidate);

    const std::shared_ptr<Track>& video() const { return video_; } // open from onConnected on
    const std::shared_ptr<Track>& audio() const { return audio_; }
    PeerInput& input() { return *setup_.input; }

    // On the data channel; lost where that is not open, or behind.
    void tell(const FeedbackPacket& packet) {
        sendIfNow(channel_.get(), std::as_bytes(std::span(&packet, 1)));
    }

    std::function<void(const std::string& sdp)> onOffer;
    std::function<void(int line, const std::string& candidate)> onCandidate;
    std::function<void()> onConnected;
    std::function<void(protocol::Trouble)> onGone; // once; the peer is of no use any more

private:
    explicit Peer(PeerSetup setup);
    void build(const RoomClock& clock);
    std::shared_ptr<Track> addTrack(const base::Ref<GstCaps>& caps, bool isVideo);
    void openChannel();
    void connectSignals();
    void createOffer();
    void setOffer(base::Description offer);
    bool isWhoAnswered() const;
    void handleState(GstWebRTCPeerConnectionState state);
    void handleBus(GstMessage* message);
    void gone(const protocol::Trouble& trouble);

    PeerSetup setup_;
    base::Pipeline pipeline_;
    GstElement* webrtc_ = nullptr; // the pipeline's
    base::Ref<GObject> channel_;
    std::shared_ptr<Track> video_, audio_;
    std::vector<base::Connection> connections_;
    base::Watch bus_;
    std::vector<std::string> fingerprints_; // of the answer
    bool offered_ = false, gone_ = false;
};

}
