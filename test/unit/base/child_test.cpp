#include "base/child.hpp"
#include "base/failure.hpp"
#include "base/message_socket.hpp"

#include <catch2/catch.hpp>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <optional>

using namespace cloudretro::base;
using namespace std::chrono_literals;

// The children: this program again, told by Catch2 which hidden test to be.
TEST_CASE("child: exits with 3", "[.]") { std::_Exit(3); }
TEST_CASE("child: waits to be killed", "[.]") {
    dieWithParent();
    ::pause();
}
TEST_CASE("child: echoes on descriptor 7", "[.]") {
    std::string message;
    Loop loop;
    MessageSocket socket{Fd(7)};
    socket.onMessage = [&](std::string_view text) { socket.send("echo " + std::string(text)); };
    socket.onClosed = [&] { loop.quit(); };
    loop.run();
    std::_Exit(0);
}

namespace {

// Runs the loop until `child` has ended; nullopt: it did not within 30 s.
std::optional<Exit> endOf(Child& child, Loop& loop) {
    std::optional<Exit> result;
    child.onExit = [&](Exit exit) {
        result = exit;
        loop.quit();
    };
    const auto watchdog = Loop::after(30s, [&] { loop.quit(); });
    loop.run();
    return result;
}

}

TEST_CASE("a child tells how it ended") {
    Loop loop;
    Child child({"child: exits with 3"}, {});
    const auto exit = endOf(child, loop);
    REQUIRE(exit);
    CHECK_FALSE(exit->bySignal);
    CHECK(exit->code == 3);
    CHECK(exit->text() == "exit code 3");
    CHECK_FALSE(child.running());
}

TEST_CASE("a killed child tells by which signal") {
    Loop loop;
    Child child({"child: waits to be killed"}, {});
    child.kill(SIGKILL);
    const auto exit = endOf(child, loop);
    REQUIRE(exit);
    CHECK(exit->bySignal);
    CHECK(exit->code == SIGKILL);
}

TEST_CASE("a child ends with its object") {
    int pid = 0;
    {
        Child child({"child: waits to be killed"}, {});
        pid = child.pid();
    }
    Loop loop;
    const auto watchdog = Loop::after(30s, [&] { loop.quit(); });
    const auto poll = Loop::every(5ms, [&] {
        if (::kill(pid, 0) != 0) loop.quit();
    });
    loop.run();
    CHECK((::kill(pid, 0) != 0 && errno == ESRCH)); // reaped too: a zombie would still take the signal
}

TEST_CASE("a child gets the descriptors that it inherits under their numbers") {
    Loop loop;
    auto ends = makeSocketPair();
    std::vector<Inherited> inherited;
    inherited.push_back({std::move(ends.theirs), 7});
    MessageSocket socket(std::move(ends.ours));
    Child child({"child: echoes on descriptor 7"}, std::move(inherited));
    std::string answer;
    socket.onMessage = [&](std::string_view text) {
        answer = text;
        loop.quit();
    };
    socket.onClosed = [&] { loop.quit(); };
    REQUIRE(socket.send("hello"));
    const auto watchdog = Loop::after(30s, [&] { loop.quit(); });
    loop.run();
    CHECK(answer == "echo hello");
}

// GLib ends a wait on a thread of its own: what destroys the child meanwhile must not meet it there.
TEST_CASE("children that are destroyed as they die harm nobody") {
    Loop loop;
    for (int i = 0; i < 60; ++i) {
        const Child child({"child: exits with 3"}, {});
        const auto soon = Loop::after(std::chrono::milliseconds(i / 3), [&] { loop.quit(); });
        loop.run();
    }
    const auto end = Loop::after(50ms, [&] { loop.quit(); });
    loop.run();
}
