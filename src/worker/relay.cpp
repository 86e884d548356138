#include "worker/relay.hpp"

#include "base/child.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "base/message_socket.hpp"
#include "cloudretro/ipc.hpp"

#include <stun/stunagent.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <tuple>

namespace cloudretro::worker {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t largest = 2048; // bytes of a packet; WebRTC keeps below 1500

// A socket for both protocols shows IPv4 as a kind of IPv6; here the other way round never happens.
std::array<std::uint8_t, 18> keyOf(const sockaddr_storage& address) {
    std::array<std::uint8_t, 18> key{};
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    if (address.ss_family == AF_INET6)
        std::memcpy(key.data(), &v6.sin6_addr, 16);
    else
        std::memcpy(key.data(), &v4.sin_addr, 4);
    std::memcpy(key.data() + 16, &v4.sin_port, 2); // in the same place for both
    return key;
}

base::Fd connectedTo(int port) {
    base::Fd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in room{};
    room.sin_family = AF_INET;
    room.sin_port = htons(std::uint16_t(port));
    room.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket && ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&room), sizeof room) != 0)
        return {};
    return socket;
}

}

// What one call of recvmmsg takes, and one of sendmmsg sends on.
struct Relay::Batch {
    static constexpr unsigned size = 32;

    Batch() {
        for (unsigned i = 0; i < size; ++i) texts[i].iov_base = bytes[i].data();
    }

    // How many packets there were; <= 0: none.
    int receive(int socket) {
        for (unsigned i = 0; i < size; ++i) {
            texts[i].iov_len = largest;
            messages[i] = {};
            auto& header = messages[i].msg_hdr;
            header.msg_iov = &texts[i];
            header.msg_iovlen = 1;
            header.msg_name = &senders[i];
            header.msg_namelen = sizeof senders[i];
            header.msg_control = ways[i].data();
            header.msg_controllen = ways[i].size();
        }
        return ::recvmmsg(socket, messages.data(), size, MSG_DONTWAIT, nullptr);
    }

    std::span<const std::uint8_t> packet(unsigned i) const { return {bytes[i].data(), messages[i].msg_len}; }

    std::array<std::array<std::uint8_t, largest>, size> bytes;
    std::array<iovec, size> texts{};
    std::array<sockaddr_storage, size> senders{};
    std::array<std::array<std::uint8_t, 64>, size> ways{};
    std::array<mmsghdr, size> messages{};
};

std::optional<std::string> calledUser(std::span<const std::uint8_t> packet) {
    if (packet.size() < 20 || packet[0] > 1)
        return std::nullopt; // RFC 7983: media and DTLS begin with 20 and more
    static constexpr std::uint16_t known[] = {STUN_ATTRIBUTE_USERNAME, 0};
    StunAgent agent;
    stun_agent_init(&agent, known, STUN_COMPATIBILITY_RFC5389,
        StunAgentUsageFlags(STUN_AGENT_USAGE_IGNORE_CREDENTIALS | STUN_AGENT_USAGE_USE_FINGERPRINT));
    StunMessage message;
    const auto verdict =
        stun_agent_validate(&agent, &message, packet.data(), packet.size(), nullptr, nullptr);
    if ((verdict != STUN_VALIDATION_SUCCESS && verdict != STUN_VALIDATION_UNKNOWN_REQUEST_ATTRIBUTE) ||
        stun_message_get_class(&message) != STUN_REQUEST || stun_message_get_method(&message) != STUN_BINDING)
        return std::nullopt;
    std::uint16_t size = 0;
    const auto* name = static_cast<const char*>(stun_message_find(&message, STUN_ATTRIBUTE_USERNAME, &size));
    const std::string_view both(name ? name : "", name ? size : 0);
    const auto colon = both.find(':');
    if (colon == both.npos || colon == 0) return std::nullopt;
    return std::string(both.substr(0, colon));
}

Relay::Relay(base::Fd port, base::Fd control)
    : port_(std::move(port)),
      control_(std::move(control)),
      events_(::epoll_create1(EPOLL_CLOEXEC)),
      batch_(std::make_unique<Batch>()) {
    listen(port_.get());
    listen(control_.get());
}

Relay::~Relay() = default;

void Relay::listen(int socket) const {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    ::epoll_ctl(events_.get(), EPOLL_CTL_ADD, socket, &event);
}

void Relay::run() {
    constexpr auto round = std::chrono::seconds(5);
    auto cleaning = Clock::now() + round;
    std::array<epoll_event, 64> events{};
    while (!ended_) {
        const int count = ::epoll_wait(
            events_.get(), events.data(), int(events.size()), int(std::chrono::milliseconds(round).count()));
        for (int i = 0; i < count; ++i) {
            const int socket = events[std::size_t(i)].data.fd;
            if (socket == port_.get())
                fromBrowsers();
            else if (socket == control_.get())
                obey();
            else
                fromRoom(socket);
        }
        if (Clock::now() < cleaning) continue;
        cleaning = Clock::now() + round;
        forgetSilent();
    }
}

void Relay::obey() {
    std::string text;
    for (;;) {
        const auto got = base::receivePacket(control_.get(), text);
        ended_ = got == base::Receive::Closed;
        if (got != base::Receive::Got) return;
        const auto order = base::decode<protocol::ToRelay>(text);
        if (!order) continue;
        if (const auto* route = std::get_if<protocol::Route>(&*order)) users_[route->user] = route->port;
        if (const auto* end = std::get_if<protocol::Unroute>(&*order)) forget(end->user);
    }
}

void Relay::fromBrowsers() {
    const int count = batch_->receive(port_.get());
    for (unsigned i = 0; int(i) < count; ++i) {
        const auto& message = batch_->messages[i].msg_hdr;
        if (message.msg_flags & MSG_TRUNC) continue;
        auto* flow = flowOf(message, batch_->packet(i));
        if (!flow) continue;
        // A room that is gone, or does not read, loses it: this is UDP.
        std::ignore =
            ::send(flow->socket.get(), batch_->bytes[i].data(), batch_->messages[i].msg_len, MSG_DONTWAIT);
    }
}

// The flow that this packet belongs to; nullptr: it is nobody's.
Relay::Flow* Relay::flowOf(const msghdr& message, std::span<const std::uint8_t> packet) {
    const auto& sender = *static_cast<const sockaddr_storage*>(message.msg_name);
    const auto key = keyOf(sender);
    const auto known = flows_.find(key);
    auto* flow = known == flows_.end() ? nullptr : known->second.get();
    // The same address may call somebody else later: another page behind the same router.
    if (const auto user = calledUser(packet); user && (!flow || flow->user != *user)) flow = call(key, *user);
    if (!flow) return nullptr;
    flow->browser = sender;
    flow->browserSize = message.msg_namelen;
    flow->waySize = std::min(std::size_t(message.msg_controllen), flow->way.size());
    std::memcpy(flow->way.data(), message.msg_control, flow->waySize);
    flow->heard = Clock::now();
    return flow;
}

Relay::Flow* Relay::call(const Key& key, const std::string& user) {
    const auto port = users_.find(user);
    if (port == users_.end()) return nullptr;
    makeWay(user);
    auto flow = std::make_unique<Flow>();
    flow->socket = connectedTo(port->second);
    flow->user = user;
    if (!flow->socket) return nullptr;
    listen(flow->socket.get());
    auto& place = flows_[key];
    if (place) bySocket_.erase(place->socket.get());
    place = std::move(flow);
    bySocket_[place->socket.get()] = place.get();
    return place.get();
}

// Whoever guesses a user's name could otherwise take all our descriptors.
void Relay::makeWay(const std::string& user) {
    std::size_t count = 0;
    auto oldest = flows_.end();
    for (auto it = flows_.begin(); it != flows_.end(); ++it) {
        if (it->second->user != user) continue;
        ++count;
        if (oldest == flows_.end() || it->second->heard < oldest->second->heard) oldest = it;
    }
    if (count < mostFlows) return;
    bySocket_.erase(oldest->second->socket.get());
    flows_.erase(oldest);
}

void Relay::forgetIf(const auto& isOver) {
    std::erase_if(flows_, [&](const auto& entry) {
        const bool over = isOver(*entry.second);
        if (over) bySocket_.erase(entry.second->socket.get());
        return over;
    });
}

void Relay::forget(const std::string& user) {
    users_.erase(user);
    forgetIf([&](const Flow& flow) { return flow.user == user; });
}

void Relay::forgetSilent() {
    const auto now = Clock::now();
    forgetIf([&](const Flow& flow) { return now - flow.heard > silence; });
}

void Relay::fromRoom(int socket) {
    const auto found = bySocket_.find(socket);
    if (found == bySocket_.end()) return; // it ended while its event waited
    auto& flow = *found->second;
    const int count = batch_->receive(socket);
    for (unsigned i = 0; int(i) < count; ++i) {
        auto& header = batch_->messages[i].msg_hdr;
        header.msg_name = &flow.browser;
        header.msg_namelen = flow.browserSize;
        header.msg_control = flow.way.data();
        header.msg_controllen = flow.waySize;
        batch_->texts[i].iov_len = batch_->messages[i].msg_len;
    }
    // One that cannot be sent is lost, and not those behind it.
    for (int sent = 0; sent < count;)
        sent += std::max(
            1, ::sendmmsg(port_.get(), batch_->messages.data() + sent, unsigned(count - sent), MSG_DONTWAIT));
}

int runRelay() {
    base::dieWithParent();
    base::startLog("relay");
    Relay(base::Fd(ipc::relayPortFd), base::Fd(ipc::relayControlFd)).run();
    return EXIT_SUCCESS;
}

}
