#include "room/room.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <set>

namespace cloudretro::room {
namespace {

using namespace std::chrono_literals;

constexpr auto stillInterval = 500ms;
constexpr auto silence = 6s; // of a peer that sends something each second

const protocol::Trouble noCodec{"no-codec", "This browser offers neither H.264 nor VP8 video.",
    "Use a current Firefox, Chrome, Edge or Safari."};

// A count of zero or nonsense means that the core does not say.
double soundAspect(double aspect, int width, int height) {
    if (aspect > 0.1 && aspect < 10) return aspect;
    return height > 0 ? double(width) / height : 4.0 / 3;
}

}

Room::Room() : saves_(emulator_, [this](auto done) { takePhoto(std::move(done)); }), audio_(clock_) {
    wire();
    warmUp();
    silent_ = base::Loop::every(1s, [this] { dropSilent(); });
    still_ = base::Loop::every(stillInterval, [this] { showIfStill(); });
}

// Input goes around all this: from a peer's data channel into the memory that the emulator reads (PeerInput).
void Room::wire() {
    emulator_.onLoaded = [this](const protocol::Loaded& loaded) { opened(loaded); };
    emulator_.onTiming = [this](const protocol::TimingChanged& timing) {
        coreAspect_ = timing.aspect;
        picture_.fps = timing.fps;
        sound_.setRate(timing.sampleRate);
        describePicture();
    };
    emulator_.onFrame = [this](const Frame& frame, std::span<const std::int16_t> samples) {
        show(frame);
        if (!frame.header.corrected) sound_.push(samples, frame.header.timestamp);
    };
    emulator_.onShutdown = [this] { close({"", "The game has ended.", ""}, Saves::How::Newest); };
    emulator_.onDead = [this](const protocol::Trouble& trouble) { close(trouble, Saves::How::Nothing); };
    saves_.onSaved = [this](const protocol::RoomSaved& saved) { tell(saved); };
    saves_.onNotSaved = [this](const protocol::RoomNotSaved& notSaved) { tell(notSaved); };
    saves_.onLoaded = [this](const protocol::RoomLoaded& loaded) { tell(loaded); };
    sound_.onBlock = [this](Sound::Block block, std::int64_t time) { audio_.push(block, time); };
}

// The first offer of a process costs up to a second: plugins are loaded and the DTLS key is made. Better now,
// when nobody waits. The encoder is made for its plugins' sake too.
void Room::warmUp() {
    PeerSetup setup{VideoEncoder(Codec::H264, clock_).rtpCaps(Codec::H264), AudioEncoder::rtpCaps(), {}, {},
        std::make_shared<PeerInput>(emulator_.seats()), [] {}};
    warmUp_ = Peer::make(std::move(setup), clock_);
    warmUp_->onOffer = [this](const std::string&) { base::Loop::post([peer = std::move(warmUp_)] {}); };
}

void Room::handle(protocol::ToRoom message) {
    std::visit(base::overloaded{
                   [&](const protocol::OpenRoom& m) { open(m); },
                   [&](const protocol::AddPeer& m) { addPeer(m); },
                   [&](const protocol::PeerAnswer& m) {
                       if (auto it = members_.find(m.peer); it != members_.end())
                           it->second.peer->setAnswer(m.sdp);
                   },
                   [&](const protocol::PeerCandidate& m) {
                       if (auto it = members_.find(m.peer); it != members_.end())
                           it->second.peer->addCandidate(m.line, m.candidate);
                   },
                   [&](const protocol::SeatPeer& m) { seatPeer(m); },
                   [&](const protocol::RemovePeer& m) { removePeer(m.peer); },
                   [&](const protocol::RoomCommand& m) { command(m.action); },
                   [&](const protocol::SaveRoom& m) { saves_.save(m.request); },
                   [&](const protocol::LoadRoom& m) { saves_.load(m); },
                   [&](const protocol::RewindRoom& m) { rewind(m.on); },
                   [&](const protocol::TakePicture&) {
                       takePhoto([this](const std::string& jpeg) {
                           if (!jpeg.empty()) tell(protocol::RoomPhoto{{}, jpeg});
                       });
                   },
                   [&](const protocol::CloseRoom&) { close({}, Saves::How::Now); },
               },
        message);
}

void Room::open(const protocol::OpenRoom& order) {
    id_ = order.room;
    ports_.relayed = order.relayed;
    if (order.firstPort > 0 && order.lastPort <= 65535) {
        ports_.first = unsigned(order.firstPort);
        ports_.last = unsigned(order.lastPort);
    }
    saves_.open(order);
}

void Room::opened(const protocol::Loaded& loaded) {
    base::logInfo("runs " + loaded.coreName + " " + loaded.coreVersion, id_);
    opened_ = true;
    saves_.opened(loaded);
    coreAspect_ = soundAspect(loaded.aspect, loaded.width, loaded.height);
    picture_ = {loaded.width, loaded.height, coreAspect_, loaded.fps};
    sound_.setRate(loaded.sampleRate);
    protocol::RoomOpened message;
    message.seats = loaded.seats;
    message.picture = picture_;
    message.sandbox = loaded.sandbox;
    tell(message);
    runOrRest();
}

void Room::show(const Frame& frame) {
    // A frame that was late may be older than the still picture that stood in for it.
    const auto time = std::max(clock_.runningTime(frame.header.timestamp), lastTime_ + GST_MSECOND);
    const auto picture = pictures_.take(frame, picture_.fps, time);
    if (!picture) return;
    lastTime_ = time;
    lastShown_ = std::chrono::steady_clock::now();
    const auto& shape = pictures_.shape();
    if (!frame.pixels.empty() && (shape.width != picture_.width || shape.height != picture_.height ||
                                     frame.header.rotation != rotation_)) {
        rotation_ = frame.header.rotation;
        picture_.width = shape.width;
        picture_.height = shape.height;
        describePicture();
    }
    follow(frame, time);
    for (const auto& [codec, weak] : encoders_)
        if (const auto encoder = weak.lock()) encoder->push(picture, shape);
}

// Only frames of the emulator: the last picture once more shows no newer input.
void Room::follow(const Frame& frame, GstClockTime time) {
    const auto& h = frame.header;
    if (!h.sequence) return;
    const FrameTimes times{time, h.applied, h.polled, h.finished};
    std::set<VideoEncoder*> wanted;
    for (const auto& [id, member] : members_)
        if (member.feedback.wants(times, lastShown_)) wanted.insert(member.encoder.get());
    for (auto* encoder : wanted) encoder->departures().follow(times);
}

void Room::departed(const VideoEncoder* encoder, const Departure& departure) {
    const auto now = std::chrono::steady_clock::now();
    for (auto& [id, member] : members_)
        if (member.encoder.get() == encoder)
            for (const auto& packet : member.feedback.tell(departure, now)) member.peer->tell(packet);
}

void Room::describePicture() {
    const auto upright = soundAspect(coreAspect_, picture_.width, picture_.height);
    picture_.aspect = rotation_ % 2 == 1 ? 1 / upright : upright;
    protocol::RoomPicture message;
    message.picture = picture_;
    tell(message);
}

// The last picture, for who joins or lost a packet while the game is paused, and as a sign of life: browsers
// take a connection on which nothing comes for a broken one.
void Room::showIfStill() {
    if (opened_ && std::chrono::steady_clock::now() - lastShown_ >= stillInterval) showAgain();
}

void Room::showAgain() {
    Frame again{};
    again.header.duplicate = 1;
    again.header.timestamp = clock_.now();
    show(again);
}

void Room::command(const std::string& action) {
    if (action == "pause" || action == "resume") {
        pauseWanted_ = action == "pause";
        runOrRest();
    } else if (action == "reset") {
        emulator_.reset();
        saves_.jumped();
    }
}

void Room::rewind(bool on) {
    emulator_.runBackwards(on);
    if (!on) saves_.jumped();
}

// A game rests while somebody wants it to, and while nobody is there.
void Room::runOrRest() {
    const bool rest = pauseWanted_ || members_.empty();
    if (!opened_ || rest == resting_) return;
    resting_ = rest;
    if (rest) {
        emulator_.pause();
    } else {
        emulator_.resume();
    }
    saves_.rest(rest);
}

void Room::close(const protocol::Trouble& trouble, Saves::How how) {
    if (std::exchange(closed_, true)) return;
    members_.clear();
    saves_.finish(how, [this, trouble] {
        tell(protocol::RoomClosed{{}, trouble});
        if (onClosed) onClosed();
    });
}

void Room::addPeer(const protocol::AddPeer& order) {
    if (closed_ || members_.contains(order.peer)) return;
    const auto codec = chooseCodec(order.codecs);
    if (!codec) return dropPeer(order.peer, noCodec);
    try {
        auto encoder = encoderOf(*codec);
        auto input = std::make_shared<PeerInput>(emulator_.seats(), emulator_.inputRaiser());
        input->sit(order.seats);
        auto peer = Peer::make({VideoEncoder::rtpCaps(*codec), AudioEncoder::rtpCaps(), order.iceServers,
                                   ports_, input, encoder->keyframeRequester()},
            clock_);
        peer->onOffer = [this, id = order.peer](const std::string& sdp) {
            tell(protocol::PeerOffer{{}, id, sdp});
        };
        peer->onCandidate = [this, id = order.peer](int line, const std::string& candidate) {
            tell(protocol::PeerCandidate{{}, id, line, candidate});
        };
        peer->onConnected = [this, id = order.peer] { base::logInfo("peer " + id + " is connected", id_); };
        peer->onGone = [this, id = order.peer](const protocol::Trouble& trouble) { dropPeer(id, trouble); };
        encoder->fanOut().add(peer->video());
        audio_.fanOut().add(peer->audio());
        members_.emplace(order.peer, Member{std::move(peer), std::move(encoder), Feedback(std::move(input))});
        runOrRest();
    } catch (const base::Failure& failure) { dropPeer(order.peer, failure.trouble()); }
}

// Who swaps seats with another releases the other's buttons on the way: they are shown again.
void Room::seatPeer(const protocol::SeatPeer& order) {
    const auto it = members_.find(order.peer);
    if (it == members_.end()) return;
    it->second.peer->input().sit(order.seats);
    for (const auto& [id, member] : members_) member.peer->input().show();
}

void Room::takePhoto(std::function<void(const std::string&)> done) {
    photographer_.take(pictures_.last(), pictures_.shape(), picture_.aspect, std::move(done));
}

// A page that was killed says no goodbye, and ICE would notice it only after most of a minute.
void Room::dropSilent() {
    const auto now = std::chrono::steady_clock::now();
    std::vector<std::string> gone;
    for (const auto& [id, member] : members_)
        if (const auto heard = member.peer->input().heard();
            heard.time_since_epoch().count() && now - heard > silence)
            gone.push_back(id);
    for (const auto& id : gone) dropPeer(id, {});
}

void Room::dropPeer(const std::string& id, const protocol::Trouble& trouble) {
    removePeer(id);
    tell(protocol::PeerGone{{}, id, trouble});
}

void Room::removePeer(const std::string& id) {
    const auto it = members_.find(id);
    if (it == members_.end()) return;
    it->second.encoder->fanOut().remove(it->second.peer->video());
    audio_.fanOut().remove(it->second.peer->audio());
    it->second.peer->input().release();
    members_.erase(it);
    runOrRest();
}

std::shared_ptr<VideoEncoder> Room::encoderOf(Codec codec) {
    auto& known = encoders_[codec];
    auto encoder = known.lock();
    if (encoder) return encoder;
    known = encoder = std::make_shared<VideoEncoder>(codec, clock_);
    encoder->departures().onDeparted = [this, of = encoder.get()](
                                           const Departure& departure) { departed(of, departure); };
    return encoder;
}

}
