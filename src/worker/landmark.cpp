#include "worker/landmark.hpp"

#include "base/host_addresses.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"

#include <glib.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <tuple>
#include <vector>

namespace cloudretro::worker {
namespace {

// Browsers check one pair of addresses every 50 ms or so: with more than these none would be done in time.
constexpr std::size_t maxCandidates = 4;
constexpr int questionsAtOnce = 32; // then others get their turn on the loop

// In the form of a certificate's. No connection gets so far that anybody compares it.
std::string randomFingerprint() {
    const base::Chars digest(
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, base::randomId(32).c_str(), -1));
    std::string colons = "sha-256 ";
    for (const char* hex = digest.get(); *hex; hex += 2) {
        if (hex != digest.get()) colons += ':';
        for (int i = 0; i < 2; ++i) colons += char(g_ascii_toupper(hex[i]));
    }
    return colons;
}

sockaddr_storage everywhere(int family, int port) {
    sockaddr_storage address{};
    address.ss_family = sa_family_t(family);
    const auto netPort = g_htons(guint16(port));
    if (family == AF_INET6)
        reinterpret_cast<sockaddr_in6&>(address).sin6_port = netPort;
    else
        reinterpret_cast<sockaddr_in&>(address).sin_port = netPort;
    return address;
}

// From the end of the range: rooms begin at its start.
bool bindWithin(const base::Fd& socket, int family, base::PortRange ports) {
    for (int port = ports.last; port >= ports.first; --port) {
        const auto address = everywhere(family, port);
        if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            return true;
    }
    return false;
}

void setOption(const base::Fd& socket, int level, int name, int value) {
    ::setsockopt(socket.get(), level, name, &value, sizeof value);
}

// For both protocols, or for IPv4 where there is no IPv6. An answer has to leave by the address that was
// asked, hence PKTINFO.
base::Fd openSocket(base::PortRange ports) {
    for (const int family : {AF_INET6, AF_INET}) {
        base::Fd socket(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        if (family == AF_INET6) {
            setOption(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
            setOption(socket, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
        } else
            setOption(socket, IPPROTO_IP, IP_PKTINFO, 1);
        if (socket && bindWithin(socket, family, ports)) return socket;
    }
    base::logWarning("No UDP port is free where browsers could measure their way to this worker.");
    return {};
}

int portOf(const base::Fd& socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
    return g_ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port); // in the same place for IPv6
}

std::string candidate(std::size_t rank, const std::string& address, int port) {
    const auto priority = (126u << 24) + ((65535u - unsigned(rank)) << 8) + 255;
    return "candidate:" + std::to_string(rank + 1) + " 1 udp " + std::to_string(priority) + " " + address +
           " " + std::to_string(port) + " typ host";
}

}

Landmark::Landmark(base::PortRange ports)
    : credentials_(randomCredentials()),
      fingerprint_(randomFingerprint()),
      socket_(openSocket(ports)) {
    if (socket_) questions_ = base::Loop::readable(socket_.get(), [this] { answer(); });
}

protocol::Landmark Landmark::describe() const {
    protocol::Landmark self;
    self.user = credentials_.user;
    self.password = credentials_.password;
    self.fingerprint = fingerprint_;
    auto addresses = base::hostAddresses();
    if (addresses.empty()) addresses.push_back("127.0.0.1");
    for (std::size_t i = 0; socket_ && i < std::min(addresses.size(), maxCandidates); ++i)
        self.candidates.push_back(candidate(i, addresses[i], portOf(socket_)));
    return self;
}

void Landmark::answer() {
    for (int i = 0; i < questionsAtOnce && answerOne(); ++i) {}
}

// False: nothing more to read.
bool Landmark::answerOne() {
    std::array<std::uint8_t, 1500> bytes;
    alignas(cmsghdr) std::array<std::uint8_t, 256> addressed;
    sockaddr_storage sender{};
    iovec text{bytes.data(), bytes.size()};
    msghdr packet{};
    packet.msg_name = &sender;
    packet.msg_namelen = sizeof sender;
    packet.msg_iov = &text;
    packet.msg_iovlen = 1;
    packet.msg_control = addressed.data();
    packet.msg_controllen = addressed.size();
    const auto size = ::recvmsg(socket_.get(), &packet, 0);
    if (size < 0) return errno == EINTR || (errno != EAGAIN && errno != EBADF);
    auto answer = answerStun(credentials_, {bytes.data(), std::size_t(size)}, sender);
    if (!answer || !rate_.allow(std::chrono::steady_clock::now())) return true;
    text = {answer->data(), answer->size()};
    // What says where the question went to says now where the answer comes from. A lost one is asked again.
    std::ignore = ::sendmsg(socket_.get(), &packet, MSG_DONTWAIT);
    return true;
}

}
