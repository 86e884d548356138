// How long the coordinator's loop stands still while saves that do not compress are stored, and how long a
// save takes until it is acknowledged. Prints JSON.
// usage: stall FOLDER [SAVES] [MIB]
#include "base/json.hpp"
#include "base/loop.hpp"
#include "coordinator/store/saves.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <random>

using namespace cloudretro;
using namespace cloudretro::coordinator::store;
using Clock = std::chrono::steady_clock;

namespace {

double millisecondsSince(Clock::time_point then) {
    return std::chrono::duration<double, std::milli>(Clock::now() - then).count();
}

std::string noise(std::size_t bytes, unsigned seed) {
    std::mt19937_64 random(seed);
    std::string text(bytes, '\0');
    for (auto& byte : text) byte = char(random());
    return text;
}

struct Measured {
    double longest = 0, until = 0; // ms
};

// A turn that finds nothing to do takes microseconds.
Measured save(Saves& saves, std::string bytes) {
    std::optional<Result<Version>> answer;
    Measured result;
    SaveWrite write;
    write.key = {"ann", "nds/large", Kind::State, "1"};
    write.bytes = std::move(bytes);
    const auto begin = Clock::now();
    saves.put(std::move(write), [&](Result<Version> stored) { answer = std::move(stored); });
    while (!answer) {
        const auto turn = Clock::now();
        g_main_context_iteration(nullptr, FALSE);
        result.longest = std::max(result.longest, millisecondsSince(turn));
        g_usleep(100);
    }
    result.until = millisecondsSince(begin);
    if (!*answer) std::fprintf(stderr, "%s\n", answer->trouble().message.c_str());
    return result;
}

}

int main(int count, char** arguments) {
    if (count < 2) return std::fputs("usage: stall FOLDER [SAVES] [MIB]\n", stderr), 64;
    const unsigned times = count > 2 ? unsigned(std::atoi(arguments[2])) : 20;
    const auto bytes = std::size_t(count > 3 ? std::atoi(arguments[3]) : 12) << 20;
    Saves saves(arguments[1]);
    std::vector<double> longest, until;
    for (unsigned i = 0; i < times; ++i) {
        const auto measured = save(saves, noise(bytes, i));
        longest.push_back(measured.longest);
        until.push_back(measured.until);
    }
    std::ranges::sort(longest);
    std::ranges::sort(until);
    const base::Json report{{"saves", times}, {"bytes", bytes},
        {"stallMs", {{"p50", longest[times / 2]}, {"max", longest.back()}}},
        {"acknowledgedMs", {{"p50", until[times / 2]}, {"max", until.back()}}}};
    std::puts(report.dump(2).c_str());
}
