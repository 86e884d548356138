#pragma once
// The emulator of a room, through crashes: when its process ends or hangs, another goes on from the newest
// snapshot.
#include "room/emulator_process.hpp"
#include "room/recovery.hpp"

#include <deque>
#include <set>

namespace cloudretro::room {

// Lives on the loop. Starts a process at once, so that it is warm when a game comes.
class Emulation {
public:
    Emulation(); // throws Failure

    // Begins with what `from` has, if anything.
    void load(const protocol::Load& load, Recovery::Start from = {});
    void pause();
    void resume();
    void reset() { process_->reset(); }
    void runBackwards(bool on) { process_->runBackwards(on); } // ends with the emulator

    // A snapshot now, SRAM before it if that changed: onSnapshot with this request (from 1), or onRefused.
    // Should the emulator crash meanwhile, the next one is asked.
    void takeSnapshot(int request);
    void loadState(
        int request, Bytes state); // answered by onStateLoaded; not good: also when the core crashed

    // The seats' input, written from any thread (atomics): the same for the life of this object and of the
    // returned pointer.
    std::shared_ptr<std::array<SeatInput, maxSeats>> seats() const;
    // To be called after buttons in them have changed: an emulator that can shows at once what that does. Any
    // thread, as long as the returned function lives.
    std::function<void()> inputRaiser() const;
    int pid() const { return process_->pid(); }

    std::function<void(protocol::Loaded)> onLoaded; // once: a restart is not told
    std::function<void(protocol::TimingChanged)> onTiming;
    std::function<void(const Frame&, std::span<const std::int16_t> samples)> onFrame; // interleaved stereo
    std::function<void()> onShutdown;              // the core ended the game
    std::function<void(protocol::Trouble)> onDead; // it could not load, or will not recover; comes once

    std::function<void(const Snapshot&)> onSnapshot;
    std::function<void(const Bytes&)> onSram; // within 2 s of the game's last write
    std::function<void(int request)> onRefused;
    std::function<void(int request, bool good)> onStateLoaded;

private:
    void wire();
    void makeSpare();
    void start(const Recovery::Start& from);
    void loaded(protocol::Loaded message);
    void timing(const protocol::TimingChanged& message);
    void kept(EmulatorProcess::Keepsake keepsake);
    void loadNext();
    void stateLoaded(int request, bool good);
    void failLoads();
    void ended(const EmulatorProcess::End& end);
    void giveUp(protocol::Trouble trouble);

    std::shared_ptr<base::SharedMemory> memory_;
    std::shared_ptr<base::Fd> input_; // eventfd
    std::unique_ptr<EmulatorProcess> process_;
    std::unique_ptr<EmulatorProcess>
        spare_; // warm, while a game runs: a busy machine starts processes slowly
    base::Watch nextSpare_;
    Recovery recovery_;
    protocol::Load load_;
    std::optional<protocol::Loaded> loaded_; // of the first start that succeeded
    protocol::TimingChanged timing_;
    std::uint64_t framesBefore_ = 0; // run before this process
    std::set<int> asked_;            // requests for snapshots without an answer
    struct Loading {
        int request;
        Bytes state;
        bool sent = false;
    };
    std::deque<Loading> loading_; // one at a time: they share the memory in which they are handed over
    bool ready_ = false;          // the process has taken what it was started with out of that memory
    bool played_ = false, paused_ = false;
};

}
