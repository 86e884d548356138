#pragma once
// From what the next process of a room starts when one has ended. Decides only: pure, the caller brings the
// time.
#include "base/crash_limit.hpp"
#include "cloudretro/protocol.hpp"

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

namespace cloudretro::worker {

class Restarts {
public:
    using Time = base::CrashLimit::Time;

    // A process started from what is newest here.
    void started(Time now);

    // What the room's processes wrote, newest last. Gives the file that is of no use any more, if any.
    std::optional<std::string> keepState(protocol::SavedBytes state);
    std::optional<std::string> keepSram(protocol::SavedBytes sram);

    // Without a file: none.
    struct Start {
        protocol::SavedBytes state, sram;
    };
    Start newest() const;

    // A process ended. `killed`: by somebody else. nullopt: enough, the next one will not do better.
    std::optional<Start> next(bool killed, Time now);

private:
    std::deque<protocol::SavedBytes> states_;
    protocol::SavedBytes sram_;
    Time started_{};
    bool fresh_ = false; // it wrote a state since it started
    base::CrashLimit crashes_;
};

}
