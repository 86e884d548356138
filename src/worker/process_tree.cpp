#include "worker/process_tree.hpp"

#include "base/files.hpp"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace cloudretro::worker {
namespace {

std::string procFile(int pid, const std::string& name) { return "/proc/" + std::to_string(pid) + "/" + name; }

// utime and stime are the 14th and 15th field; the second, the name, may hold anything but ends with the last
// ')'.
double cpuSecondsOf(int pid) {
    const auto stat = base::readAll(procFile(pid, "stat"));
    const auto name = stat.rfind(')');
    if (name == stat.npos) return 0;
    std::istringstream fields(stat.substr(name + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / double(::sysconf(_SC_CLK_TCK));
}

double memoryOf(int pid) {
    double size = 0, resident = 0, shared = 0;
    std::ifstream(procFile(pid, "statm")) >> size >> resident >> shared;
    return (resident - shared) * double(::sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

}

Usage usageOfTree(int pid) {
    Usage usage{cpuSecondsOf(pid), memoryOf(pid)};
    std::ifstream children(procFile(pid, "task/" + std::to_string(pid) + "/children"));
    for (int child = 0; children >> child;) {
        const auto more = usageOfTree(child);
        usage.cpuSeconds += more.cpuSeconds;
        usage.memoryMiB += more.memoryMiB;
    }
    return usage;
}

MachineTime machineTime() {
    std::ifstream stat("/proc/stat");
    std::string cpu;
    stat >> cpu;
    MachineTime time;
    double value = 0;
    // user nice system idle iowait irq softirq steal; guest time is already in user
    for (int field = 0; field < 8 && stat >> value; ++field) {
        time.total += value;
        if (field == 3 || field == 4) time.idle += value;
    }
    const double ticks = double(::sysconf(_SC_CLK_TCK));
    return {time.total / ticks, time.idle / ticks};
}

}
