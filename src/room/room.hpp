#pragma once
// One running game with everyone in it.
#include "base/json.hpp"
#include "room/audio_encoder.hpp"
#include "room/emulation.hpp"
#include "room/feedback.hpp"
#include "room/peer.hpp"
#include "room/photographer.hpp"
#include "room/picture_pool.hpp"
#include "room/room_clock.hpp"
#include "room/saves.hpp"
#include "room/sound.hpp"
#include "room/video_encoder.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace cloudretro::room {

// Lives on the loop. Made before its game is known, so that it is warm.
class Room {
public:
    Room(); // throws Failure

    // Everything the worker asks for. A message for a peer that is gone is ignored.
    void handle(protocol::ToRoom message);

    std::function<void(const std::string&)> send; // to the worker
    std::function<void()> onClosed;               // after the last message

private:
    struct Member { // a peer and what it shares with others
        std::shared_ptr<Peer> peer;
        std::shared_ptr<VideoEncoder> encoder;
        Feedback feedback;
    };
    using Members = std::map<std::string, Member>;

    void wire();
    void open(const protocol::OpenRoom& order);
    void opened(const protocol::Loaded& loaded);
    void show(const Frame& frame);
    void follow(const Frame& frame, GstClockTime time);
    void departed(const VideoEncoder* encoder, const Departure& departure);
    void showAgain();
    void showIfStill();
    void dropSilent();
    void takePhoto(std::function<void(const std::string& jpeg)> done);
    void describePicture();
    void command(const std::string& action);
    void rewind(bool on);
    void runOrRest();
    void close(const protocol::Trouble& trouble, Saves::How how);

    void addPeer(const protocol::AddPeer& order);
    void dropPeer(const std::string& id, const protocol::Trouble& trouble);
    void removePeer(const std::string& id);
    void seatPeer(const protocol::SeatPeer& order);
    void warmUp();
    std::shared_ptr<VideoEncoder> encoderOf(Codec codec);

    template <class Message> void tell(Message message) {
        message.room = id_;
        if (send) send(base::encode(message));
    }

    RoomClock clock_;
    Emulation emulator_;
    PicturePool pictures_;
    Photographer photographer_;
    Saves saves_;
    Sound sound_;
    AudioEncoder audio_;
    std::map<Codec, std::weak_ptr<VideoEncoder>> encoders_; // each lives as long as a member uses it
    Members members_;
    std::shared_ptr<Peer> warmUp_; // a peer for nobody, until it has made its offer

    base::Watch silent_; // looks for peers that send no sign of life
    base::Watch still_;  // shows the last picture now and then when no other comes
    std::chrono::steady_clock::time_point lastShown_;
    GstClockTime lastTime_ = 0; // running time of the last picture

    std::string id_;
    Ports ports_;
    protocol::Picture picture_;
    double coreAspect_ = 0;
    unsigned rotation_ = 0;
    bool opened_ = false, pauseWanted_ = false, resting_ = false, closed_ = false;
};

}
