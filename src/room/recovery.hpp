#pragma once
// What a game goes on from when its emulator is gone. Decides only: pure, the caller brings the time.
#include "base/crash_limit.hpp"
#include "room/snapshot.hpp"

#include <chrono>
#include <deque>
#include <optional>

namespace cloudretro::room {

class Recovery {
public:
    using Time = base::CrashLimit::Time;
    static constexpr std::size_t mostSnapshots = 10, mostBytes = std::size_t{96} << 20;

    // What an emulator may start from; what is not there is null.
    struct Start {
        std::optional<Snapshot> state;
        Bytes sram;
    };
    // The first one starts from this.
    void begin(const Start& from);

    // What comes from the emulator that runs, newest last; the oldest make way, but for two.
    void keep(Snapshot snapshot);
    void keepSram(Bytes sram) { sram_ = std::move(sram); }

    // An emulator ended. `played`: it ran well after its start. `faulty`: by a crash or hang of its own, not
    // killed by somebody else. nullopt: enough, the core will not do better.
    std::optional<Start> restart(bool played, bool faulty, Time now);

    bool fromState() const { return fromState_; } // the newest start
    const std::deque<Snapshot>& snapshots() const { return ring_; }

private:
    void blameStart();

    std::deque<Snapshot> ring_;
    Bytes sram_;
    std::size_t bytes_ = 0;
    base::CrashLimit crashes_; // in play
    bool fromState_ = false;   // how the emulator that ended had started
    int blame_ = 0;            // starts from the newest snapshot that failed
    int given_ = 0;            // snapshots given up since the last that came
};

}
