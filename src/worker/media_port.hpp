#pragma once
// One public UDP port for all that browsers send to this worker (--media-port), so that one port forward is
// enough.
#include "base/backoff.hpp"
#include "base/child.hpp"
#include "base/config.hpp"
#include "base/loop.hpp"
#include "base/message_socket.hpp"
#include "cloudretro/protocol.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cloudretro::worker {

// Owns the port and the process that serves it (relay.hpp), which it starts again should it end. Rooms are
// then at ports of the loopback only, and browsers are told this one instead. Lives on the loop.
class MediaPort {
public:
    // As the configuration wants it; nullptr: none. Throws Failure.
    static std::unique_ptr<MediaPort> make(const base::Config& config);
    // `publicAddresses`: those that this machine does not know to be its own, the preferred ones. Throws
    // Failure "config" when the port is taken.
    MediaPort(int port, std::vector<std::string> publicAddresses);

    // Who calls this ICE user is led to that port of the loopback.
    void lead(const std::string& user, int port);
    std::vector<std::string> candidates() const; // of the port, at the addresses that this machine has now

    // What a room says of its peers, and browsers should hear instead: each offer as it is, then the
    // candidates of this port, once, and none of the room's. nullopt: nothing to do with ways.
    std::optional<std::vector<protocol::FromRoom>> translate(const protocol::FromRoom& message);
    void forget(const std::string& room, const std::string& peer);
    void forget(const std::string& room);

private:
    struct Peer {
        std::string user; // ICE; of the room's offer
        bool led = false;
    };

    void start();
    void drop(const Peer& peer);
    std::vector<protocol::FromRoom> offer(const protocol::PeerOffer& offer);
    std::vector<protocol::FromRoom> place(const protocol::PeerCandidate& candidate);

    const std::vector<std::string> publicAddresses_;
    const base::Fd port_;
    std::map<std::string, int> leads_;                         // user ▶ port
    std::map<std::string, std::map<std::string, Peer>> peers_; // by room, by peer
    std::unique_ptr<base::MessageSocket> control_;
    std::unique_ptr<base::Child> relay_;
    base::Backoff backoff_;
    base::Watch again_;
};

}
