#pragma once
// The emulator process of a room, and the memory shared with it. Nothing that comes from it is trusted.
#include "base/child.hpp"
#include "base/message_socket.hpp"
#include "base/shared_memory.hpp"
#include "cloudretro/protocol.hpp"
#include "room/frame.hpp"
#include "room/snapshot.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace cloudretro::room {

// Lives on the loop. Starts its process at once, so that it is warm when a game comes; destroying it kills
// it.
class EmulatorProcess {
public:
    // `memory` holds an ipc::Shared and is of ipc::sharedBytes; `input` is the eventfd that is raised when
    // buttons in it have changed. Throws Failure.
    EmulatorProcess(std::shared_ptr<base::SharedMemory> memory, const base::Fd& input);
    EmulatorProcess(const EmulatorProcess&) = delete;
    EmulatorProcess& operator=(const EmulatorProcess&) = delete;

    // No other process uses the memory any more; the seats' input in it stays. `state` and `sram`: to go on
    // from; may be null.
    void load(protocol::Load load, const Bytes& state, const Bytes& sram);
    void pause();
    void resume();
    void reset();
    void runBackwards(bool on);
    void takeSnapshot(int request);
    bool loadState(int request, const std::vector<std::byte>& state); // false: larger than any

    int pid() const { return child_.pid(); }

    std::function<void(protocol::Loaded)> onLoaded;
    std::function<void(protocol::TimingChanged)> onTiming;
    std::function<void(const Frame&, std::span<const std::int16_t> samples)> onFrame; // interleaved stereo
    std::function<void()> onShutdown; // the core ended the game

    struct Keepsake {
        ipc::Kept kind;
        Bytes bytes;
        std::uint64_t frame; // of this process
        int request;
    };
    std::function<void(Keepsake)> onKept;
    std::function<void(int request)> onRefused; // to take a snapshot
    std::function<void(int request, bool good)> onStateLoaded;

    struct End {
        protocol::Trouble trouble; // what to tell if this is the end
        std::uint64_t frames = 0;  // that it made; 0 as long as it showed no picture
        bool final = false;        // it said itself that it cannot play this game
        bool killed = false;       // by somebody else
    };
    std::function<void(const End&)> onEnd; // the process is gone; once, and it may destroy this object

private:
    void handle(std::string_view message);
    void takeEvents();
    void takeFrames();
    void takeKept();
    std::span<const std::int16_t> takeSamples(std::uint64_t written);
    void expect(std::chrono::steady_clock::duration within, const protocol::Trouble& otherwise);
    void lookAfter();
    void die(const protocol::Trouble& trouble);
    void end();

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

    std::optional<End> end_; // what is known of it
    std::optional<base::Exit> exit_;
    bool silent_ = false; // all that it said was read

    std::uint64_t taken_ = 0;        // the last frame handed on
    std::uint64_t keptTaken_ = 0;    // the last that was handed over
    std::uint64_t samplesTaken_ = 0; // sample pairs handed on
    std::vector<std::int16_t> samples_;
    bool loaded_ = false, pictured_ = false, paused_ = false, dead_ = false;
};

}
