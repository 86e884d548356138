#pragma once
// The emulator process of a room, and the memory shared with it. Nothing that comes from it is trusted.
#include "base/child.hpp"
#include "base/message_socket.hpp"
#include "base/shared_memory.hpp"
#include "cloudretro/protocol.hpp"
#include "room/frame.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace cloudretro::room {

// Lives on the loop. Starts its process at once, so that it is warm when a game comes; destroying it kills
// it.
class EmulatorProcess {
public:
    EmulatorProcess(); // throws Failure
    EmulatorProcess(const EmulatorProcess&) = delete;
    EmulatorProcess& operator=(const EmulatorProcess&) = delete;

    void load(const protocol::Load& load);
    void pause();
    void resume();
    void reset();

    // The seats' input, written from any thread (atomics). Lives as long as the returned pointer.
    std::shared_ptr<std::array<SeatInput, maxSeats>> seats() const;
    int pid() const { return child_.pid(); }

    std::function<void(protocol::Loaded)> onLoaded;
    std::function<void(protocol::TimingChanged)> onTiming;
    std::function<void(const Frame&, std::span<const std::int16_t> samples)> onFrame; // interleaved stereo
    std::function<void()> onShutdown; // the core ended the game
    std::function<void(protocol::Trouble)>
        onDead; // could not load, crashed, hangs, shows nothing; comes once

private:
    void handle(std::string_view message);
    void takeFrames();
    std::span<const std::int16_t> takeSamples(std::uint64_t written);
    void expect(std::chrono::steady_clock::duration within, const protocol::Trouble& otherwise);
    void lookAfter();
    void die(const protocol::Trouble& trouble);

    std::shared_ptr<base::SharedMemory> memory_;
    ipc::Shared& shared_;
    base::Fd frameFd_;
    base::SocketPair ends_;
    base::Child child_;
    base::MessageSocket control_;
    base::Watch frames_;
    base::Watch watchdog_;

    std::chrono::steady_clock::time_point patienceEnds_ = std::chrono::steady_clock::time_point::max();
    const protocol::Trouble* otherwise_ = nullptr; // what is wrong when patience ends

    std::uint64_t taken_ = 0;        // the last frame handed on
    std::uint64_t samplesTaken_ = 0; // sample pairs handed on
    std::vector<std::int16_t> samples_;
    bool loaded_ = false, pictured_ = false, paused_ = false, dead_ = false;
};

}
