#include "room/emulation.hpp"

#include "base/event_fd.hpp"
#include "base/failure.hpp"
#include "base/log.hpp"

#include <new>
#include <tuple>
#include <utility>

namespace cloudretro::room {
namespace {

using namespace std::chrono_literals;

constexpr auto restAfterStart = 1s; // warming up another process must not slow the game that just started
constexpr std::uint64_t framesOfPlay = 30; // so many after a start, and the start was good

std::shared_ptr<base::SharedMemory> makeMemory() {
    auto memory = std::make_shared<base::SharedMemory>(base::SharedMemory::create(ipc::sharedBytes));
    new (memory->data()) ipc::Shared;
    return memory;
}

bool operator==(const protocol::TimingChanged& a, const protocol::TimingChanged& b) {
    return std::tie(a.aspect, a.fps, a.sampleRate) == std::tie(b.aspect, b.fps, b.sampleRate);
}

}

Emulation::Emulation()
    : memory_(makeMemory()),
      input_(std::make_shared<base::Fd>(base::makeEventFd())),
      process_(std::make_unique<EmulatorProcess>(memory_, *input_)) {
    wire();
}

void Emulation::wire() {
    process_->onLoaded = [this](protocol::Loaded message) { loaded(std::move(message)); };
    process_->onTiming = [this](const protocol::TimingChanged& message) { timing(message); };
    process_->onFrame = [this](const Frame& frame, std::span<const std::int16_t> samples) {
        played_ = played_ || !frame.header.duplicate;
        if (onFrame) onFrame(frame, samples);
    };
    process_->onShutdown = [this] {
        if (onShutdown) onShutdown();
    };
    process_->onKept = [this](EmulatorProcess::Keepsake keepsake) { kept(std::move(keepsake)); };
    process_->onRefused = [this](int request) {
        asked_.erase(request);
        if (onRefused) onRefused(request);
    };
    process_->onStateLoaded = [this](int request, bool good) { stateLoaded(request, good); };
    process_->onEnd = [this](const EmulatorProcess::End& end) { ended(end); };
}

void Emulation::load(const protocol::Load& load, Recovery::Start from) {
    load_ = load;
    recovery_.begin(from);
    start(from);
}

void Emulation::start(const Recovery::Start& from) {
    framesBefore_ = from.state ? from.state->frame : 0;
    process_->load(load_, from.state ? from.state->bytes : nullptr, from.sram);
    if (paused_) process_->pause();
    for (const int request : asked_) process_->takeSnapshot(request);
}

void Emulation::pause() {
    paused_ = true;
    process_->pause();
}

void Emulation::resume() {
    paused_ = false;
    process_->resume();
}

void Emulation::takeSnapshot(int request) {
    asked_.insert(request);
    process_->takeSnapshot(request);
}

void Emulation::loadState(int request, Bytes state) {
    loading_.push_back({request, std::move(state)});
    loadNext();
}

void Emulation::loadNext() {
    if (!ready_ || loading_.empty() || std::exchange(loading_.front().sent, true)) return;
    const auto next = loading_.front();
    if (!process_->loadState(next.request, *next.state)) stateLoaded(next.request, false);
}

void Emulation::stateLoaded(int request, bool good) {
    if (loading_.empty() || loading_.front().request != request) return;
    loading_.pop_front();
    if (onStateLoaded) onStateLoaded(request, good);
    loadNext();
}

void Emulation::failLoads() {
    ready_ = false;
    while (!loading_.empty()) stateLoaded(loading_.front().request, false);
}

std::shared_ptr<std::array<SeatInput, maxSeats>> Emulation::seats() const {
    return {memory_, &static_cast<ipc::Shared*>(memory_->data())->seats};
}

std::function<void()> Emulation::inputRaiser() const {
    return [fd = input_] { base::raise(*fd); };
}

void Emulation::makeSpare() {
    nextSpare_ = {};
    try {
        spare_ = std::make_unique<EmulatorProcess>(memory_, *input_);
        spare_->onEnd = [this](const EmulatorProcess::End&) {
            spare_.reset();
            nextSpare_ = base::Loop::after(10s, [this] { makeSpare(); });
        };
    } catch (const base::Failure& failure) { base::logWarning(failure.what()); }
}

void Emulation::loaded(protocol::Loaded message) {
    if (!spare_) nextSpare_ = base::Loop::after(restAfterStart, [this] { makeSpare(); });
    if (!message.restored) framesBefore_ = 0;
    ready_ = true;
    loadNext();
    if (loaded_) return timing({message.aspect, message.fps, message.sampleRate});
    loaded_ = message;
    timing_ = {message.aspect, message.fps, message.sampleRate};
    if (onLoaded) onLoaded(std::move(message));
}

void Emulation::timing(const protocol::TimingChanged& message) {
    if (message == timing_) return;
    timing_ = message;
    if (onTiming) onTiming(message);
}

void Emulation::kept(EmulatorProcess::Keepsake keepsake) {
    if (keepsake.kind == ipc::Kept::Sram) {
        recovery_.keepSram(keepsake.bytes);
        if (onSram) onSram(keepsake.bytes);
        return;
    }
    if (!loaded_) return;
    asked_.erase(keepsake.request);
    const Snapshot snapshot{std::move(keepsake.bytes), framesBefore_ + keepsake.frame, loaded_->coreName,
        loaded_->coreVersion, keepsake.request};
    recovery_.keep(snapshot);
    if (onSnapshot) onSnapshot(snapshot);
}

// Of a game that never ran here that is told at once: another try would end as this one. Unless it was to go
// on from a state, which may be at fault.
void Emulation::ended(const EmulatorProcess::End& end) {
    failLoads();
    if (end.final || (!played_ && !recovery_.fromState())) return giveUp(end.trouble);
    base::logWarning(end.trouble.message);
    const auto from =
        recovery_.restart(end.frames >= framesOfPlay, !end.killed, std::chrono::steady_clock::now());
    if (!from) {
        auto trouble = end.trouble;
        if (loaded_)
            trouble.message = loaded_->coreName + " " + loaded_->coreVersion +
                              " failed three times within a minute. The last time: " + trouble.message;
        return giveUp(std::move(trouble));
    }
    try {
        process_ = spare_ ? std::move(spare_) : std::make_unique<EmulatorProcess>(memory_, *input_);
    } catch (const base::Failure& failure) { return giveUp(failure.trouble()); }
    wire();
    base::logInfo(from->state ? "goes on from frame " + std::to_string(from->state->frame)
                              : "begins anew, with what the cartridge keeps");
    start(*from);
}

void Emulation::giveUp(protocol::Trouble trouble) {
    if (auto handler = onDead) handler(std::move(trouble));
}

}
