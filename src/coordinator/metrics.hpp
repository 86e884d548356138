#pragma once
// What /metrics tells, and how Prometheus wants it told. Pure.
#include "cloudretro/protocol.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cloudretro::coordinator {

// How long things took, in seconds.
struct Histogram {
    std::vector<double> bounds;
    std::vector<std::uint64_t> within =
        std::vector<std::uint64_t>(bounds.size()); // that took at most this long
    std::uint64_t count = 0;
    double sum = 0;

    void add(double seconds);
};

inline const std::vector<double> startBounds{0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 30};
inline const std::vector<double> inputBounds{
    0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1};

// Labels are what there are few of: names of workers, systems, codes. Never names of rooms or players.
struct Metrics {
    struct Worker {
        std::string name, region;
        double cpu = 0; // 0..1
        double memoryMiB = 0;
        int rooms = 0, capacity = 0;
        double roundTrip = -1; // milliseconds; negative: not measured
        bool draining = false;
    };
    struct Room {
        int number = 0;
        std::string system;
        double latency = 0,
               slowLatency = 0; // from input to picture, ms: median, and what one in twenty exceeds
    };
    using Parts = std::array<double, protocol::InputLatency::parts.size()>;
    std::string version;
    std::vector<Worker> workers;
    std::map<std::string, int> roomsBySystem;
    int players = 0, observers = 0, browsers = 0, games = 0;
    std::map<std::string, std::uint64_t> failures; // by code
    Histogram starts{startBounds};                 // from the wish to the running game
    Histogram inputs{inputBounds};                 // from an input to the picture that it changed
    Parts inputParts{};                            // seconds of all these, by part
    std::vector<Room> rooms;                       // whose latency is known
};

// The text format, version 0.0.4.
inline constexpr auto prometheusType = "text/plain; version=0.0.4; charset=utf-8";
std::string prometheusText(const Metrics& metrics);

}
