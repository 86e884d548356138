#pragma once
// What a process and all its descendants use, from /proc.
#include <vector>

namespace cloudretro::worker {

struct Usage {
    double cpuSeconds = 0; // ever spent by those alive now
    double memoryMiB = 0; // resident and not shared with others: shared libraries and frames count for nobody
};

// Zero for a process that is gone.
Usage usageOfTree(int pid);

// Seconds that all CPUs of the machine have spent since boot; `idle` is part of `total`.
struct MachineTime {
    double total = 0, idle = 0;
};
MachineTime machineTime();

}
