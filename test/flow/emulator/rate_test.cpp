#include "emulator_process.hpp"
#include "games.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <unistd.h>

using namespace cloudretro;
using namespace cloudretro::test;

namespace {

constexpr std::size_t window = 400;

// The first of `window` frames in a row without a stall of the emulator, which a busy machine may cause.
std::size_t steadyWindow(const EmulatorProcess& emulator, std::size_t from, double interval) {
    const auto& frames = emulator.frames;
    std::size_t first = from;
    for (std::size_t i = from + 1; i < frames.size() && i < first + window; ++i) {
        const auto steps = double(frames[i].sequence - frames[i - 1].sequence);
        if (double(frames[i].timestamp - frames[i - 1].timestamp) > steps * interval + 1) first = i;
    }
    return first;
}

// How far behind its deadline the promptest of 60 frames came.
std::int64_t lag(const EmulatorProcess& emulator, std::size_t from) {
    std::int64_t least = INT64_MAX;
    for (std::size_t i = from; i < from + 60; ++i)
        least = std::min(least, emulator.arrivals[i] - emulator.frames[i].timestamp);
    return least;
}

double processorSeconds(int pid) {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string word;
    for (int field = 1; field < 14; ++field) stat >> word;
    double user = 0, system = 0;
    stat >> user >> system;
    return (user + system) / double(::sysconf(_SC_CLK_TCK));
}

}

TEST_CASE("frames come at the core's exact rate, and between them the process sleeps", "[alone]") {
    const auto [card, fps] =
        GENERATE(table<const char*, double>({{"odd-rates", 59.7275}, {"pal", 50}, {"plain", 60}}));
    EmulatorProcess emulator(testCard(card));
    const double interval = 1e9 / fps;
    std::size_t first = 0;
    emulator.await([&] {
        first = steadyWindow(emulator, first, interval);
        return emulator.frames.size() >= first + window;
    });
    const std::size_t last = first + window - 1;
    const auto ended = emulator.arrivals.back();
    const double busy = processorSeconds(emulator.pid());

    const auto steps = double(emulator.frames[last].sequence - emulator.frames[first].sequence);
    const auto due = double(emulator.frames[last].timestamp - emulator.frames[first].timestamp);
    CHECK(due / steps == Approx(interval).epsilon(1e-8));
    const auto came = due + double(lag(emulator, last - 59) - lag(emulator, first));
    CHECK(came / steps == Approx(interval).epsilon(0.001));
    CHECK(lag(emulator, first) >= 0);

    const double lived = double(ended - emulator.frames.front().timestamp) / 1e9;
    INFO("busy for " << busy << " of " << lived << " s");
    CHECK(busy < 0.5 * lived);
}
