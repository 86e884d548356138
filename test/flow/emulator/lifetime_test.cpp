#include "emulator_process.hpp"
#include "games.hpp"

#include <catch2/catch.hpp>
#include <libretro.h>

#include <sys/syscall.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>

using namespace cloudretro;
using namespace cloudretro::test;
using namespace std::chrono_literals;

namespace {

std::set<std::string> entries(int pid, const std::string& folder) {
    std::set<std::string> names;
    for (const auto& entry :
        std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/" + folder))
        names.insert(entry.path().filename());
    return names;
}

// How often the process was put to sleep or interrupted: a process that stands still adds nothing.
std::string switches(int pid) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    std::string line, found;
    while (std::getline(status, line))
        if (line.find("ctxt_switches") != line.npos) found += line;
    return found;
}

// Waits until half a second passed in which the process was never awake.
void awaitStandstill(EmulatorProcess& emulator) {
    std::string before;
    bool still = false;
    const auto watch = base::Loop::every(500ms, [&] {
        const auto now = switches(emulator.pid());
        still = now == before;
        before = now;
    });
    emulator.await([&] { return still; });
}

}

TEST_CASE("an emulator that waits for its game, or is paused, sleeps") {
    EmulatorProcess emulator;
    awaitStandstill(emulator);
    emulator.send(testCard("plain"));
    emulator.awaitFrames(30);
    emulator.send(protocol::Pause{});
    awaitStandstill(emulator);
    const auto frames = emulator.frames.size();
    const auto last = emulator.frames.back();
    emulator.send(protocol::Resume{});
    emulator.awaitFrames(30);
    const auto& next = emulator.frames[frames];
    CHECK(next.timestamp - last.timestamp > 400'000'000);
    CHECK(double(next.sequence - last.sequence) < 10); // no burst for the time that was lost
}

TEST_CASE("quit ends it in good order, whatever it does") {
    EmulatorProcess emulator;
    SECTION("before a game") {}
    SECTION("in a game") {
        emulator.send(testRom("flash.nes"));
        emulator.awaitFrames(10);
    }
    SECTION("paused") {
        emulator.send(testCard("plain"));
        emulator.send(protocol::Pause{});
    }
    emulator.send(protocol::Quit{});
    const auto exit = emulator.awaitExit();
    CHECK_FALSE(exit.bySignal);
    CHECK(exit.code == EXIT_SUCCESS);
}

TEST_CASE("a room that hangs up ends it") {
    EmulatorProcess emulator;
    SECTION("before a game") {}
    SECTION("in a game") {
        emulator.send(testCard("plain"));
        emulator.awaitFrames(10);
    }
    emulator.hangUp();
    emulator.awaitExit();
}

TEST_CASE("a room that is killed leaves no emulator behind") {
    auto [ours, theirs] = base::makeSocketPair();
    std::vector<base::Inherited> inherited;
    inherited.push_back({std::move(theirs), ipc::controlFd});
    base::Child host({"--role=host"}, std::move(inherited));
    base::MessageSocket socket(std::move(ours));
    int pid = 0;
    socket.onMessage = [&](std::string_view text) { pid = std::stoi(std::string(text)); };
    bool late = false;
    const auto watchdog = base::Loop::after(60s, [&] { late = true; });
    while (!pid && !late) g_main_context_iteration(nullptr, TRUE);
    REQUIRE(pid);

    const base::Fd process(int(::syscall(SYS_pidfd_open, pid, 0)));
    REQUIRE(process);
    bool gone = false;
    const auto watch = base::Loop::readable(process.get(), [&] { gone = true; });
    host.kill(SIGKILL);
    while (!gone && !late) g_main_context_iteration(nullptr, TRUE);
    CHECK(gone);
}

TEST_CASE("it has one thread and no descriptor but its own") {
    EmulatorProcess emulator(testRom("flash.nes"));
    emulator.awaitFrames(60);
    CHECK(entries(emulator.pid(), "task").size() == 1);
    CHECK(entries(emulator.pid(), "fd") == std::set<std::string>{"0", "1", "2", "3", "4", "5", "6"});
}

TEST_CASE("messages that make no sense are passed over") {
    EmulatorProcess emulator;
    emulator.sendText("{\"type\": \"dance\"}");
    emulator.sendText("\xff");
    emulator.send(protocol::Reset{});
    emulator.send(protocol::Resume{});
    emulator.send(testCard("plain"));
    emulator.send(testCard("refuses")); // one game is enough
    emulator.awaitFrames(10);
}
