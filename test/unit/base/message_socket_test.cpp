#include "base/json.hpp"
#include "base/message_socket.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::base;
using namespace std::chrono_literals;

TEST_CASE("packets keep their borders, and arrive before the news that the other end is gone") {
    auto ends = makeSocketPair();
    REQUIRE(sendPacket(ends.ours.get(), "one"));
    REQUIRE(sendPacket(ends.ours.get(), std::string(maxMessageBytes, 'x')));
    ends.ours = Fd();

    Loop loop;
    std::vector<std::string> got;
    MessageSocket socket(std::move(ends.theirs));
    socket.onMessage = [&](std::string_view text) { got.emplace_back(text); };
    socket.onClosed = [&] { loop.quit(); };
    const auto watchdog = Loop::after(30s, [&] { loop.quit(1); });
    CHECK(loop.run() == 0);
    REQUIRE(got.size() == 2);
    CHECK(got[0] == "one");
    CHECK(got[1].size() == maxMessageBytes);
}

TEST_CASE("a packet over the limit counts as the end of the other side") {
    auto ends = makeSocketPair();
    REQUIRE(sendPacket(ends.ours.get(), std::string(maxMessageBytes + 1, 'x')));
    std::string into;
    CHECK(receivePacket(ends.theirs.get(), into) == Receive::Closed);
}

TEST_CASE("sending never waits: a full queue and a gone reader are failures") {
    auto ends = makeSocketPair();
    std::string into;
    CHECK(receivePacket(ends.theirs.get(), into) == Receive::Nothing);
    int sent = 0;
    while (sent < 100'000 && sendPacket(ends.ours.get(), "full?")) ++sent;
    CHECK(sent < 100'000);
    ends.theirs = Fd();
    CHECK_FALSE(sendPacket(ends.ours.get(), "gone?"));
}

TEST_CASE("a handler may destroy its socket") {
    auto ends = makeSocketPair();
    Loop loop;
    auto socket = std::make_unique<MessageSocket>(std::move(ends.theirs));
    socket->onMessage = [&](std::string_view) {
        socket.reset();
        loop.quit();
    };
    REQUIRE(sendPacket(ends.ours.get(), "bye"));
    const auto watchdog = Loop::after(30s, [&] { loop.quit(1); });
    CHECK(loop.run() == 0);
}
