#include "worker/process_tree.hpp"

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <vector>

using namespace cloudretro::worker;

TEST_CASE("a tree's use includes what its children use") {
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const double before = usageOfTree(::getpid()).memoryMiB;
    const int child = ::fork();
    if (child == 0) {
        std::vector<char> memory(64 << 20, 1); // touched
        [[maybe_unused]] const auto told = ::write(ready[1], &memory[5000], 1);
        for (;;) ::pause();
    }
    char byte = 0;
    REQUIRE(::read(ready[0], &byte, 1) == 1);
    CHECK(usageOfTree(child).memoryMiB >= 63);
    CHECK(usageOfTree(::getpid()).memoryMiB >= before + 63);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    CHECK(usageOfTree(child).memoryMiB == 0);
    CHECK(usageOfTree(child).cpuSeconds == 0);
}

TEST_CASE("work shows up as CPU time, of the process and of the machine") {
    const auto usage = usageOfTree(::getpid());
    const auto machine = machineTime();
    CHECK(machine.idle <= machine.total);
    volatile unsigned sum = 0;
    while (usageOfTree(::getpid()).cpuSeconds < usage.cpuSeconds + 0.05)
        for (unsigned i = 0; i < 1'000'000; ++i) sum = sum + i;
    CHECK(machineTime().total > machine.total);
}
