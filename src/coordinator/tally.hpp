#pragma once
// Counts for /metrics what passes through the coordinator: failures by code, how long games took to start,
// and inputs to become pictures.
#include "cloudretro/protocol.hpp"
#include "coordinator/metrics.hpp"

#include <chrono>
#include <map>
#include <string>

namespace cloudretro::coordinator {

// Pure: the time is given.
class Tally {
public:
    using Time = std::chrono::steady_clock::time_point;

    void fromBrowser(const protocol::FromBrowser& message);
    void toBrowser(const protocol::ToBrowser& message);
    void toWorker(const protocol::ToWorker& message, Time now);
    void fromWorker(const protocol::FromWorker& message, Time now);

    const std::map<std::string, std::uint64_t>& failures() const { return failures_; }
    const Histogram& starts() const { return starts_; }
    const Histogram& inputs() const { return inputs_; }              // from input to picture
    const Metrics::Parts& inputParts() const { return inputParts_; } // seconds, summed up

private:
    static constexpr std::size_t maxCodes = 64, maxStarting = 1024; // what workers name and leave open

    std::map<std::string, std::uint64_t> failures_;
    std::map<std::string, Time> starting_; // rooms
    Histogram starts_{startBounds}, inputs_{inputBounds};
    Metrics::Parts inputParts_{};
};

}
