#include "emulator/services.hpp"

#include "base/log.hpp"

#include <array>
#include <chrono>
#include <cstdarg>
#include <cstdio>
#include <vector>

namespace cloudretro::emulator {
namespace {

thread_local std::string lastError;
std::vector<retro_perf_counter*> counters;

void log(retro_log_level level, const char* format, ...) noexcept {
    std::array<char, 2048> text{};
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(text.data(), text.size(), format, arguments);
    va_end(arguments);
    std::string line(text.data());
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    if (line.empty()) return;
    if (level < RETRO_LOG_WARN) return base::logDebug(line, "core");
    if (level == RETRO_LOG_WARN) return base::logInfo(line, "core");
    base::logWarning(line, "core");
    lastError = line;
}

retro_time_t microseconds() noexcept {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

retro_perf_tick_t ticks() noexcept {
    return retro_perf_tick_t(std::chrono::steady_clock::now().time_since_epoch().count());
}

std::uint64_t cpuFeatures() noexcept { return 0; } // cores then take their portable code

void enroll(retro_perf_counter* counter) noexcept {
    if (counter->registered) return;
    counter->registered = true;
    counters.push_back(counter);
}

void begin(retro_perf_counter* counter) noexcept {
    counter->call_cnt++;
    counter->start = ticks();
}

void end(retro_perf_counter* counter) noexcept { counter->total += ticks() - counter->start; }

void report() noexcept {
    for (const auto* counter : counters)
        base::logDebug(
            std::to_string(counter->total) + " ns in " + std::to_string(counter->call_cnt) + " calls",
            counter->ident ? counter->ident : "");
}

bool rumble(unsigned, retro_rumble_effect, std::uint16_t) noexcept { return false; }

}

retro_log_callback logService() { return {log}; }
retro_perf_callback perfService() { return {microseconds, cpuFeatures, ticks, enroll, begin, end, report}; }
retro_rumble_interface rumbleService() { return {rumble}; }
const std::string& lastLoggedError() { return lastError; }

}
