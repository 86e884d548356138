#include "worker/capacity.hpp"

#include <algorithm>
#include <cmath>

namespace cloudretro::worker {
namespace {

constexpr double reserve = 0.15; // of the machine: what keeps a busy second from stuttering
constexpr double smoothing = 0.3;

double towards(double from, double to) { return from + smoothing * (to - from); }

}

void Capacity::sample(const MachineTime& machine, const Usage& roomProcesses, int rooms) {
    if (machineBefore_) {
        const double total = machine.total - machineBefore_->total;
        const double idle = machine.idle - machineBefore_->idle;
        if (total > 0) {
            cpu_ = towards(cpu_, std::clamp(1 - idle / total, 0.0, 1.0));
            const double spent = roomProcesses.cpuSeconds - roomsBefore_.cpuSeconds;
            const double seconds = total / cores_;
            // A sample in which rooms came or went would mix up starting, playing and ending.
            if (rooms > 0 && rooms == runningBefore_ && spent > 0)
                costOfRoom_ = std::max(0.02, towards(costOfRoom_, spent / seconds / rooms));
        }
    }
    machineBefore_ = machine;
    roomsBefore_ = roomProcesses;
    runningBefore_ = rooms;
}

// One room per CPU is always let in: refusing a player because something else is busy now helps nobody.
int Capacity::roomsThatFit(int running) const {
    const double free = cores_ * (1 - cpu_ - reserve);
    const int measured = int(std::floor(std::max(0.0, free) / costOfRoom_));
    const int fit = std::max({measured, int(cores_) - running, 0});
    return maxRooms_ ? std::clamp(maxRooms_ - running, 0, fit) : fit;
}

}
