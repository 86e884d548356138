#pragma once
// How many more rooms fit on this machine: measured, not configured.
#include "worker/process_tree.hpp"

#include <optional>

namespace cloudretro::worker {

// Pure: fed with samples, so that a test can be the machine.
class Capacity {
public:
    // `cores`: CPUs of the machine; `maxRooms`: 0 for no cap.
    Capacity(double cores, int maxRooms) : cores_(cores), maxRooms_(maxRooms) {}

    // What was used, ever, at one moment; call about every second. `rooms` run games now.
    void sample(const MachineTime& machine, const Usage& roomProcesses, int rooms);

    double cpu() const { return cpu_; } // of the whole machine, 0..1, over the last samples
    int roomsThatFit(int running) const;

private:
    double cores_;
    int maxRooms_;
    double cpu_ = 0;
    double costOfRoom_ = 0.35; // CPUs; a guess until a room was measured
    std::optional<MachineTime> machineBefore_;
    Usage roomsBefore_;
    int runningBefore_ = 0;
};

}
