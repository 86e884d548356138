#include "worker/media_port.hpp"

#include "base/failure.hpp"
#include "base/host_addresses.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "cloudretro/ipc.hpp"
#include "worker/udp.hpp"

#include <fcntl.h>

#include <algorithm>
#include <charconv>
#include <sstream>
#include <utility>

namespace cloudretro::worker {
namespace {

using namespace protocol;
using namespace std::chrono_literals;

base::Fd openPort(int port) {
    auto socket = openUdp({port, port});
    if (!socket)
        throw base::Failure("config", "UDP port " + std::to_string(port) + " (--media-port) is taken.",
            "Choose another one, or end what uses it; each worker of a machine needs its own.");
    return socket;
}

// "a=ice-ufrag:…" of an offer; all its media share one way.
std::string userOf(const std::string& sdp) {
    constexpr std::string_view key = "a=ice-ufrag:";
    const auto at = sdp.find(key);
    if (at == sdp.npos) return {};
    const auto start = at + key.size();
    return sdp.substr(start, std::min(sdp.find_first_of("\r\n", start), sdp.size()) - start);
}

// "candidate:1 1 udp 2015363327 127.0.0.1 40000 typ host": the port; 0: it is no such candidate.
int loopbackPort(const std::string& candidate) {
    std::istringstream words(candidate);
    std::string foundation, component, protocol, priority, address;
    int port = 0;
    words >> foundation >> component >> protocol >> priority >> address >> port;
    return words && address == "127.0.0.1" && g_ascii_strcasecmp(protocol.c_str(), "udp") == 0 ? port : 0;
}

}

std::unique_ptr<MediaPort> MediaPort::make(const base::Config& config) {
    if (config.mediaPort) return std::make_unique<MediaPort>(config.mediaPort, config.publicAddresses);
    if (config.publicAddresses.empty()) return nullptr;
    throw base::Failure("config", "--public-address says where --media-port is reached, but there is none.",
        "Give --media-port too, and forward that UDP port to this machine.");
}

MediaPort::MediaPort(int port, std::vector<std::string> publicAddresses)
    : publicAddresses_(std::move(publicAddresses)),
      port_(openPort(port)),
      backoff_(100ms, 10s) {
    start();
}

void MediaPort::start() {
    again_ = {};
    auto ends = base::makeSocketPair();
    std::vector<base::Inherited> inherited;
    inherited.push_back({std::move(ends.theirs), ipc::relayControlFd});
    // The port stays ours: what comes while no process serves it waits in it.
    inherited.push_back({base::Fd(::fcntl(port_.get(), F_DUPFD_CLOEXEC, 3)), ipc::relayPortFd});
    relay_ = std::make_unique<base::Child>(std::vector<std::string>{"--role=relay"}, std::move(inherited));
    relay_->onExit = [this](base::Exit exit) {
        base::logWarning("The process of the media port ended (" + exit.text() + "); it is started again.");
        again_ = base::Loop::after(backoff_.next(), [this] { start(); });
    };
    control_ = std::make_unique<base::MessageSocket>(std::move(ends.ours));
    for (const auto& [user, port] : leads_) control_->send(base::encode(Route{user, port}));
}

void MediaPort::lead(const std::string& user, int port) {
    leads_[user] = port;
    control_->send(base::encode(Route{user, port}));
}

std::vector<std::string> MediaPort::candidates() const {
    auto addresses = publicAddresses_;
    for (auto& own : base::hostAddresses())
        if (std::ranges::find(addresses, own) == addresses.end()) addresses.push_back(std::move(own));
    return hostCandidates(std::move(addresses), portOf(port_));
}

std::optional<std::vector<FromRoom>> MediaPort::translate(const FromRoom& message) {
    if (const auto* made = std::get_if<PeerOffer>(&message)) return offer(*made);
    if (const auto* candidate = std::get_if<PeerCandidate>(&message)) return place(*candidate);
    if (const auto* gone = std::get_if<PeerGone>(&message)) forget(gone->room, gone->peer);
    return std::nullopt;
}

std::vector<FromRoom> MediaPort::offer(const PeerOffer& offer) {
    peers_[offer.room][offer.peer].user = userOf(offer.sdp);
    return {offer};
}

// Candidates come after the offer, one for each media line at the most: those of the first are enough, as all
// media share one way.
std::vector<FromRoom> MediaPort::place(const PeerCandidate& candidate) {
    auto& peer = peers_[candidate.room][candidate.peer];
    const int port = loopbackPort(candidate.candidate);
    if (peer.led || peer.user.empty() || !port) return {};
    peer.led = true;
    lead(peer.user, port);
    std::vector<FromRoom> told;
    for (const auto& text : candidates())
        told.emplace_back(PeerCandidate{candidate.room, candidate.peer, candidate.line, text});
    return told;
}

void MediaPort::drop(const Peer& peer) {
    leads_.erase(peer.user);
    control_->send(base::encode(Unroute{peer.user}));
}

void MediaPort::forget(const std::string& room, const std::string& peer) {
    const auto peers = peers_.find(room);
    if (peers == peers_.end()) return;
    if (const auto entry = peers->second.extract(peer)) drop(entry.mapped());
}

void MediaPort::forget(const std::string& room) {
    if (const auto entry = peers_.extract(room))
        for (const auto& [id, peer] : entry.mapped()) drop(peer);
}

}
