#include "coordinator/tally.hpp"

#include "coordinator/latency.hpp"

namespace cloudretro::coordinator {

using namespace protocol;

void Tally::fromBrowser(const FromBrowser& message) {
    const auto* report = std::get_if<Report>(&message);
    if (!report || !isSane(report->latency)) return;
    const auto& [samples, means] = report->latency;
    for (const double ms : samples) inputs_.add(ms / 1000);
    for (std::size_t i = 0; i < means.size(); ++i) inputParts_[i] += means[i] * double(samples.size()) / 1000;
}

void Tally::toBrowser(const ToBrowser& message) {
    const auto* failed = std::get_if<Failed>(&message);
    if (!failed) return;
    const auto& code = failed->trouble.code;
    ++failures_[failures_.contains(code) || failures_.size() < maxCodes ? code : "other"];
}

void Tally::toWorker(const ToWorker& message, Time now) {
    const auto* order = std::get_if<OpenRoom>(&message);
    if (!order) return;
    if (starting_.size() >= maxStarting) starting_.clear();
    starting_[order->room] = now;
}

void Tally::fromWorker(const FromWorker& message, Time now) {
    if (const auto* closed = std::get_if<RoomClosed>(&message)) starting_.erase(closed->room);
    const auto* opened = std::get_if<RoomOpened>(&message);
    const auto found = opened ? starting_.find(opened->room) : starting_.end();
    if (found == starting_.end()) return;
    starts_.add(std::chrono::duration<double>(now - found->second).count());
    starting_.erase(found);
}

}
