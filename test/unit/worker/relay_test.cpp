// The real relay between real sockets, on a thread of the test.
#include "worker/relay.hpp"

#include "asker.hpp"
#include "base/json.hpp"
#include "base/message_socket.hpp"
#include "worker/udp.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <thread>

using namespace cloudretro;
using namespace cloudretro::worker;
using namespace cloudretro::test;

namespace {

constexpr int patience = 20'000; // ms
constexpr int moment = 200;      // ms: what did not come by then does not come

struct Socket {
    explicit Socket(const char* address = "127.0.0.1") {
        sockaddr_in own{};
        own.sin_family = AF_INET;
        REQUIRE(::inet_pton(AF_INET, address, &own.sin_addr) == 1);
        REQUIRE(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&own), sizeof own) == 0);
    }
    void send(const Bytes& bytes, int port) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(std::uint16_t(port));
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::sendto(fd.get(), bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&to),
                    sizeof to) == ssize_t(bytes.size()));
    }
    // Empty: nothing came in that time. Remembers the sender, for answer().
    Bytes receive(int milliseconds = patience) {
        pollfd polled{fd.get(), POLLIN, 0};
        if (::poll(&polled, 1, milliseconds) != 1) return {};
        Bytes bytes(2048);
        socklen_t size = sizeof from;
        const auto got =
            ::recvfrom(fd.get(), bytes.data(), bytes.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
        REQUIRE(got > 0);
        bytes.resize(std::size_t(got));
        return bytes;
    }
    void answer(const Bytes& bytes) { send(bytes, ntohs(from.sin_port)); }

    base::Fd fd{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    sockaddr_in from{};
};

struct Town {
    Town() : thread([this] { relay.run(); }) {}
    ~Town() {
        control.ours = {}; // it ends with its worker
        thread.join();
    }
    template <class Order> void order(const Order& order) {
        REQUIRE(base::sendPacket(control.ours.get(), base::encode(order)));
    }
    // Waits until orders are obeyed: they and packets come by different ways.
    void lead(const std::string& user, const Socket& room) { order(protocol::Route{user, portOf(room.fd)}); }
    Bytes calls(const std::string& user) { return Asker().ask(user + ":theirs", "password"); }

    // Calls until the room hears it.
    void connect(Socket& browser, Socket& room, const std::string& user) {
        for (int i = 0; i < patience / moment; ++i) {
            browser.send(calls(user), port);
            if (!room.receive(moment).empty()) break;
        }
        while (!room.receive(1).empty()) {}
        REQUIRE(room.from.sin_port != 0);
    }

    base::SocketPair control = base::makeSocketPair();
    base::Fd open = openUdp({});
    int port = portOf(open);
    Relay relay{std::move(open), std::move(control.theirs)};
    std::thread thread;
};

const Bytes media{0x80, 1, 2, 3}, other{0x80, 9};

}

TEST_CASE("a relay knows whom a browser calls, and what is no call") {
    Asker asker;
    const auto call = asker.ask("ours:theirs", "password");
    CHECK(calledUser(call) == "ours");
    CHECK(calledUser(asker.ask(":theirs", "password")) == std::nullopt);
    CHECK(calledUser(asker.ask("nocolon", "password")) == std::nullopt);
    CHECK(calledUser(media) == std::nullopt);
    CHECK(calledUser({}) == std::nullopt);
    for (std::size_t size = 0; size < call.size(); ++size)
        CHECK(calledUser(std::span(call).first(size)) == std::nullopt);
}

TEST_CASE("packets go to the room that was called, and its answers to who called") {
    Town town;
    Socket one, two, room, otherRoom;
    town.lead("room", room);
    town.lead("other", otherRoom);
    town.connect(one, room, "room");
    town.connect(two, otherRoom, "other");
    one.send(media, town.port);
    CHECK(room.receive() == media);
    two.send(other, town.port);
    CHECK(otherRoom.receive() == other);
    room.answer(other);
    CHECK(one.receive() == other);
    CHECK(ntohs(one.from.sin_port) == town.port);
    otherRoom.answer(media);
    CHECK(two.receive() == media);
}

TEST_CASE("who calls nobody is not heard, nor who called a room that is gone") {
    Town town;
    Socket browser, stranger, room;
    town.lead("room", room);
    stranger.send(media, town.port);
    stranger.send(town.calls("nobody"), town.port);
    CHECK(room.receive(moment).empty());
    town.connect(browser, room, "room");
    town.order(protocol::Unroute{"room"});
    town.order(protocol::Route{"later", portOf(stranger.fd)});
    town.connect(browser, stranger, "later"); // the orders are obeyed
    CHECK(room.receive(moment).empty());
}

TEST_CASE("one address may call another room later") {
    Town town;
    Socket browser, room, next;
    town.lead("room", room);
    town.lead("next", next);
    town.connect(browser, room, "room");
    town.connect(browser, next, "next");
    browser.send(media, town.port);
    CHECK(next.receive() == media);
    CHECK(room.receive(moment).empty());
}

TEST_CASE("a flood of callers pushes out the silent, not those who play") {
    Town town;
    Socket player, room;
    town.lead("room", room);
    town.connect(player, room, "room");
    const auto players = room.from;
    for (std::size_t i = 0; i < 2 * Relay::mostFlows; ++i) {
        Socket guesser;
        town.connect(guesser, room, "room");
        player.send(media, town.port);
        CHECK(room.receive() == media);
        CHECK(room.from.sin_port == players.sin_port);
    }
}

TEST_CASE("an answer leaves by the address that was asked") {
    Town town;
    Socket browser, room;
    town.lead("room", room);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(std::uint16_t(town.port));
    REQUIRE(::inet_pton(AF_INET, "127.0.0.7", &to.sin_addr) == 1);
    const auto call = town.calls("room");
    Bytes heard;
    for (int i = 0; heard.empty() && i < patience / moment; ++i) {
        ::sendto(
            browser.fd.get(), call.data(), call.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
        heard = room.receive(moment);
    }
    CHECK(heard == call);
    room.answer(media);
    CHECK(browser.receive() == media);
    CHECK(browser.from.sin_addr.s_addr == to.sin_addr.s_addr);
}
