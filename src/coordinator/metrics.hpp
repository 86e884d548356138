#pragma once
// What /metrics tells, and how Prometheus wants it told. Pure.
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cloudretro::coordinator {

// How long things took, in seconds.
struct Histogram {
    static constexpr std::array bounds{0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0};
    std::array<std::uint64_t, bounds.size()> within{}; // those that took at most this long
    std::uint64_t count = 0;
    double sum = 0;

    void add(double seconds);
};

// Labels are what there are few of: names of workers, systems, codes. Never rooms or players.
struct Metrics {
    struct Worker {
        std::string name, region;
        double cpu = 0; // 0..1
        double memoryMiB = 0;
        int rooms = 0, capacity = 0;
        double roundTrip = -1; // milliseconds; negative: not measured
        bool draining = false;
    };
    std::string version;
    std::vector<Worker> workers;
    std::map<std::string, int> roomsBySystem;
    int players = 0, observers = 0, browsers = 0, games = 0;
    std::map<std::string, std::uint64_t> failures; // by code
    Histogram starts;                              // from the wish to the running game
};

// The text format, version 0.0.4.
inline constexpr auto prometheusType = "text/plain; version=0.0.4; charset=utf-8";
std::string prometheusText(const Metrics& metrics);

}
