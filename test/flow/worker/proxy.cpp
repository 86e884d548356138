#include "proxy.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <catch2/catch.hpp>

#include <algorithm>

namespace cloudretro::test {
namespace {

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(std::uint16_t(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

base::Fd makeSocket() { return base::Fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

std::string receive(int fd) {
    std::string bytes(64 * 1024, '\0');
    const auto got = ::recv(fd, bytes.data(), bytes.size(), 0);
    bytes.resize(std::size_t(std::max<ssize_t>(got, 0)));
    return bytes;
}

// Both ends are other processes, which always read.
void sendAll(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(std::size_t(sent));
    }
}

}

struct Proxy::Pair {
    base::Fd client, server;
    int transfer = -1; // index; -1: none
    bool inBody = false;
    bool stalled = false;
    base::Watch clientSays, serverSays;
};

Proxy::Proxy(int target, std::vector<Plan> plans)
    : target_(target),
      plans_(std::move(plans)),
      listener_(makeSocket()) {
    auto address = loopback(0);
    REQUIRE(::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listener_.get(), 16) == 0);
    socklen_t size = sizeof address;
    ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    accepting_ = base::Loop::readable(listener_.get(), [this] { accept(); });
}

Proxy::~Proxy() = default;

void Proxy::accept() {
    auto pair = std::make_unique<Pair>();
    pair->client = base::Fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    pair->server = makeSocket();
    const auto address = loopback(target_);
    if (::connect(pair->server.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return; // the client notices
    pair->clientSays = base::Loop::readable(pair->client.get(), [this, p = pair.get()] { fromClient(*p); });
    listenToServer(*pair);
    pairs_.push_back(std::move(pair));
}

void Proxy::listenToServer(Pair& pair) {
    pair.serverSays = base::Loop::readable(pair.server.get(), [this, &pair] { fromServer(pair); });
}

void Proxy::fromClient(Pair& pair) {
    const auto bytes = receive(pair.client.get());
    if (bytes.empty()) return close(pair);
    if (pair.transfer < 0 && bytes.starts_with("GET /worker/files/")) {
        pair.transfer = int(transfers_.size());
        transfers_.push_back({bytes, "", 0, true});
    }
    sendAll(pair.server.get(), bytes);
}

void Proxy::fromServer(Pair& pair) {
    auto bytes = receive(pair.server.get());
    if (bytes.empty()) return close(pair);
    if (pair.transfer < 0) return sendAll(pair.client.get(), bytes);
    const auto whole = bytes.size();
    const auto passed = passOn(pair, bytes);
    sendAll(pair.client.get(), passed);
    if (passed.size() < whole && !pair.stalled) close(pair);
}

// The head goes as it is; of the body as much as the plan says.
std::string_view Proxy::passOn(Pair& pair, std::string& bytes) {
    auto& transfer = transfers_[std::size_t(pair.transfer)];
    const auto plan =
        std::size_t(pair.transfer) < plans_.size() ? plans_[std::size_t(pair.transfer)] : Plan{};
    std::size_t body = 0; // where it begins in `bytes`
    if (!pair.inBody) {
        const auto end = bytes.find("\r\n\r\n"); // libsoup sends the head at once
        REQUIRE(end != bytes.npos);
        body = end + 4;
        transfer.head = bytes.substr(0, body);
        pair.inBody = true;
    }
    const auto limit = std::min(plan.cutAt, plan.stallAt);
    const auto count = std::min(bytes.size() - body, limit - std::min(limit, transfer.bytes));
    if (plan.damageAt >= transfer.bytes && plan.damageAt - transfer.bytes < count)
        bytes[body + plan.damageAt - transfer.bytes] ^= 1;
    transfer.bytes += count;
    if (body + count < bytes.size() && plan.cutAt == never) {
        pair.stalled = true;
        pair.serverSays = {};
    }
    return std::string_view(bytes).substr(0, body + count);
}

void Proxy::cutStalled() {
    for (auto& pair : pairs_)
        if (pair->stalled && pair->client) close(*pair);
}

void Proxy::close(Pair& pair) {
    if (pair.transfer >= 0) transfers_[std::size_t(pair.transfer)].open = false;
    pair.clientSays = {};
    pair.serverSays = {};
    pair.client = {};
    pair.server = {};
}

}
