#pragma once
// The process between a worker's one public UDP port and its rooms (--role=relay): each browser's packets go
// to the room that it talks to, and back. One thread, no loop of GLib's: packets are all that it does.
#include "base/fd.hpp"
#include "cloudretro/protocol.hpp"

#include <netinet/in.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cloudretro::worker {

// Who a browser says it calls: the part of a STUN binding request's USERNAME before the colon (RFC
// 8445, 7.2.2). nullopt: it is no such request. Nobody has proved anything then: rooms check what they get.
std::optional<std::string> calledUser(std::span<const std::uint8_t> packet);

// A browser's first packet calls somebody by their ICE user name; from then on its address says who is meant.
class Relay {
public:
    // Addresses that may talk to one user at a time: a browser has few, each with a few ways here. The one
    // that was silent for the longest makes way.
    static constexpr std::size_t mostFlows = 32;
    static constexpr std::chrono::seconds silence{
        30}; // browsers send a sign of life every 2.5 s (RFC 7675: 5 s)

    // `port`: a socket of openUdp; `control`: where the worker says who is where (protocol::ToRelay).
    Relay(base::Fd port, base::Fd control);
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    void run(); // until the worker is gone

private:
    // Both directions between one address of a browser and one room.
    struct Flow {
        base::Fd socket; // connected to the room
        std::string user;
        sockaddr_storage browser{};
        socklen_t browserSize = 0;
        alignas(8) std::array<std::uint8_t, 64> way{}; // PKTINFO: by which of our addresses it comes
        std::size_t waySize = 0;
        std::chrono::steady_clock::time_point heard;
    };
    struct Batch;
    using Key = std::array<std::uint8_t, 18>; // address and port
    using Flows = std::map<Key, std::unique_ptr<Flow>>;

    void obey();
    void fromBrowsers();
    void fromRoom(int socket);
    Flow* flowOf(const msghdr& message, std::span<const std::uint8_t> packet);
    Flow* call(const Key& key, const std::string& user);
    void makeWay(const std::string& user);
    void forget(const std::string& user);
    void forgetSilent();
    void forgetIf(const auto& isOver);
    void listen(int socket) const;

    const base::Fd port_, control_, events_;
    std::map<std::string, int, std::less<>> users_; // whose room is at which port of this machine
    Flows flows_;
    std::map<int, Flow*> bySocket_;
    std::unique_ptr<Batch> batch_;
    bool ended_ = false;
};

// The role: descriptors as in MediaPort. Returns the exit code.
int runRelay();

}
