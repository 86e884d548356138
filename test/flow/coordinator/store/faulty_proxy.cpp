#include "faulty_proxy.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

namespace cloudretro::test {
namespace {

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(std::uint16_t(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

base::Fd connectTo(int port) {
    base::Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto address = loopback(port);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return {};
    return socket;
}

bool sendAll(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(std::size_t(sent));
    }
    return true;
}

// What one read gives; empty: the end.
std::string readSome(int from) {
    std::string bytes(65536, '\0');
    const auto got = ::recv(from, bytes.data(), bytes.size(), 0);
    bytes.resize(std::size_t(std::max<ssize_t>(0, got)));
    return bytes;
}

// True once the whole answer is there.
bool isComplete(const std::string& answer) {
    const auto end = answer.find("\r\n\r\n");
    if (end == answer.npos) return false;
    const std::string_view name = "Content-Length: ";
    const auto length = answer.find(name);
    const auto body = length < end ? std::stoul(answer.substr(length + name.size())) : 0;
    return answer.size() >= end + 4 + body;
}

std::string spoilt(std::string answer, Fault fault) {
    if (fault == Fault::CutHeader) return answer.substr(0, 10);
    if (fault == Fault::CutBody) return answer.substr(0, answer.size() - 3);
    answer.back() = char(answer.back() ^ 1);
    return answer;
}

}

FaultyProxy::FaultyProxy(int upstream, std::vector<Fault> faults)
    : upstream_(upstream),
      faults_(std::move(faults)),
      listening_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      stop_(::eventfd(0, EFD_CLOEXEC)) {
    auto address = loopback(0);
    socklen_t size = sizeof address;
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listening_.get(), raw, size) != 0 || ::listen(listening_.get(), 64) != 0 ||
        ::getsockname(listening_.get(), raw, &size) != 0)
        throw std::runtime_error("no port for the proxy");
    port_ = ntohs(address.sin_port);
    accepting_ = std::jthread([this] { accept(); });
}

FaultyProxy::~FaultyProxy() {
    ::eventfd_write(stop_.get(), 1);
    accepting_.join();
}

void FaultyProxy::accept() {
    for (;;) {
        pollfd waits[]{{listening_.get(), POLLIN, 0}, {stop_.get(), POLLIN, 0}};
        ::poll(waits, 2, -1);
        if (waits[1].revents) break;
        base::Fd client(::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        const auto nth = std::min(std::size_t(connections_++), faults_.size() - 1);
        serving_.emplace_back([this, client = std::move(client), fault = faults_[nth]]() mutable {
            serve(std::move(client), fault);
        });
    }
    serving_.clear(); // each ends at stop_
}

void FaultyProxy::serve(base::Fd client, Fault fault) const {
    if (fault == Fault::Refuse) return;
    const auto server = connectTo(upstream_);
    std::string answer;
    for (;;) {
        pollfd waits[]{{stop_.get(), POLLIN, 0}, {client.get(), POLLIN, 0}, {server.get(), POLLIN, 0}};
        ::poll(waits, 3, -1);
        if (waits[0].revents) return;
        if (waits[1].revents) {
            const auto bytes = readSome(client.get());
            if (bytes.empty()) return;
            if (fault == Fault::Error500) {
                sendAll(client.get(), "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            if (fault != Fault::Hang && !sendAll(server.get(), bytes)) return;
        }
        if (!waits[2].revents) continue;
        const auto bytes = readSome(server.get());
        if (fault == Fault::None) {
            if (bytes.empty() || !sendAll(client.get(), bytes)) return;
            continue;
        }
        answer += bytes;
        if (answer.starts_with("HTTP/1.1 100")) {
            sendAll(client.get(), answer);
            answer.clear();
        } else if (bytes.empty() || isComplete(answer)) {
            sendAll(client.get(), spoilt(answer, fault));
            return;
        }
    }
}

}
