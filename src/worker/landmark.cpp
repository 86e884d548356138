#include "worker/landmark.hpp"

#include "base/host_addresses.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "worker/udp.hpp"

#include <glib.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <tuple>
#include <vector>

namespace cloudretro::worker {
namespace {

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

}

Landmark::Landmark(base::PortRange ports)
    : credentials_(randomCredentials()),
      fingerprint_(randomFingerprint()),
      socket_(openUdp(ports)) {
    if (!socket_)
        base::logWarning("No UDP port is free where browsers could measure their way to this worker.");
    if (socket_) questions_ = base::Loop::readable(socket_.get(), [this] { answer(); });
}

protocol::Landmark Landmark::describe() const {
    protocol::Landmark self;
    self.user = credentials_.user;
    self.password = credentials_.password;
    self.fingerprint = fingerprint_;
    if (socket_) self.candidates = hostCandidates(base::hostAddresses(), portOf(socket_));
    return self;
}

int Landmark::port() const { return portOf(socket_); }

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
