#include "emulator_process.hpp"

#include "base/event_fd.hpp"
#include "emulator/control.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>

namespace cloudretro::test {
namespace {

using namespace std::chrono_literals;
constexpr auto patience = 60s;

ipc::Shared* prepare(const base::SharedMemory& memory, std::uint32_t magic) {
    auto* shared = new (memory.data()) ipc::Shared;
    shared->magic = magic;
    return shared;
}

std::vector<base::Inherited> inherit(
    base::Fd control, const base::SharedMemory& memory, const base::Fd& raised, const base::Fd& input) {
    std::vector<base::Inherited> all;
    all.push_back({std::move(control), ipc::controlFd});
    all.push_back({memory.duplicate(), ipc::memoryFd});
    all.push_back({raised.duplicate(), ipc::frameFd});
    all.push_back({input.duplicate(), ipc::inputFd});
    return all;
}

// Fails the test; also outside of one.
void demand(bool condition, const std::string& otherwise) {
    if (!condition) throw std::runtime_error(otherwise);
}

int widen(unsigned bits, int value) { return value * 255 / ((1 << bits) - 1); }

}

std::ostream& operator<<(std::ostream& out, const Colour& c) {
    return out << "rgb(" << c.red << ", " << c.green << ", " << c.blue << ")";
}

Colour Picture::at(unsigned x, unsigned y) const {
    const auto* pixel = bytes.data() + std::size_t{y} * header.pitch + x * bytesPerPixel(header.format);
    std::uint32_t value = 0;
    std::memcpy(&value, pixel, bytesPerPixel(header.format));
    const auto part = [&](unsigned shift, unsigned bits) {
        return widen(bits, value >> shift & ((1 << bits) - 1));
    };
    switch (header.format) {
    case PixelFormat::Xrgb8888:
        return {part(16, 8), part(8, 8), part(0, 8)};
    case PixelFormat::Rgb565:
        return {part(11, 5), part(5, 6), part(0, 5)};
    case PixelFormat::Xrgb1555:
        break;
    }
    return {part(10, 5), part(5, 5), part(0, 5)};
}

EmulatorProcess::EmulatorProcess(std::uint32_t magic)
    : memory_(base::SharedMemory::create(ipc::sharedBytes)),
      shared_(prepare(memory_, magic)),
      raised_(base::makeEventFd()),
      input_(base::makeEventFd()),
      ends_(base::makeSocketPair()),
      child_({"--role=emulator"}, inherit(std::move(ends_.theirs), memory_, raised_, input_)),
      watch_(base::Loop::readable(raised_.get(), [this] { takeFrames(); })) {
    control_.emplace(std::move(ends_.ours));
    control_->onMessage = [this](std::string_view message) { receive(message); };
    child_.onExit = [this](base::Exit how) { exit = how; };
}

void EmulatorProcess::receive(std::string_view text) {
    auto message = base::decode<protocol::FromEmulator>(text);
    demand(message.has_value(), "the emulator sent a message that is not known");
    std::visit(base::overloaded{
                   [this](protocol::Loaded& m) { loaded = std::move(m); },
                   [this](protocol::TimingChanged& m) { timings.push_back(m); },
                   [this](protocol::LoadFailed& m) { trouble = std::move(m.trouble); },
                   [this](protocol::SnapshotFailed m) { snapshotsFailed.push_back(m); },
                   [this](protocol::StateLoaded m) { statesLoaded.push_back(m); },
                   [this](protocol::Shutdown) { shutdown = true; },
               },
        *message);
}

void EmulatorProcess::takeFrames() {
    std::uint64_t count = 0;
    if (::read(raised_.get(), &count, sizeof count) < 0) return;
    const auto published = shared_->published.load(std::memory_order_acquire);
    while (taken_ < published) take(++taken_);
    takeKept();
    hear();
}

void EmulatorProcess::takeKept() {
    const auto newest = shared_->kept.load(std::memory_order_acquire);
    for (auto number = shared_->keptTaken.load() + 1; number <= newest; ++number) {
        const auto header = shared_->keptHeaders[number % ipc::keptSlots];
        demand(header.sequence == number && header.bytes <= ipc::keptBytes, "a keepsake is not what it says");
        const auto* from = ipc::keptSlot(*shared_, number);
        kept.push_back({header, {from, from + header.bytes}});
        shared_->keptTaken.store(number, std::memory_order_release);
    }
}

const Keepsake& EmulatorProcess::awaitKept(ipc::Kept kind, std::uint32_t request) {
    const auto find = [&] {
        return std::find_if(kept.begin(), kept.end(),
            [&](const Keepsake& k) { return k.header.kind == kind && k.header.request == request; });
    };
    await([&] { return find() != kept.end(); });
    return *find();
}

void EmulatorProcess::give(const std::vector<std::byte>& bytes) {
    std::copy(bytes.begin(), bytes.end(), ipc::restored(*shared_));
}

// Passes over a frame whose slot was written again before it was read: this process may be late, the emulator
// not.
void EmulatorProcess::take(std::uint64_t number) {
    const auto header = shared_->frames[number % ipc::frameSlots];
    const auto* from = ipc::slot(*shared_, number);
    std::vector<std::byte> bytes;
    if (!header.duplicate) bytes.assign(from, from + std::size_t{header.pitch} * header.height);
    if (shared_->published.load(std::memory_order_acquire) >= number + ipc::frameSlots - 1) return;
    frames.push_back(header);
    arrivals.push_back(emulator::now());
    if (header.duplicate) return;
    picture = {header, std::move(bytes)};
    onPicture(picture);
}

void EmulatorProcess::await(const std::function<bool()>& done) {
    bool late = false;
    const auto watchdog = base::Loop::after(patience, [&] { late = true; });
    while (!done()) {
        demand(!exit,
            exit ? "the emulator ended: " + exit->text() + (trouble ? ", " + trouble->message : "") : "");
        demand(!late, "the emulator did not do it in time");
        g_main_context_iteration(nullptr, TRUE);
    }
}

void EmulatorProcess::awaitFrames(std::size_t count) {
    await([this, wanted = frames.size() + count] { return frames.size() >= wanted; });
}

base::Exit EmulatorProcess::awaitExit() {
    bool late = false;
    const auto watchdog = base::Loop::after(patience, [&] { late = true; });
    while (!exit && !late) g_main_context_iteration(nullptr, TRUE);
    demand(exit.has_value(), "the emulator did not end in time");
    while (g_main_context_iteration(nullptr, FALSE)) {} // what it said before it ended
    return *exit;
}

void EmulatorProcess::press(unsigned seat, Buttons buttons) {
    auto& input = shared_->seats[seat];
    const auto before = Buttons(input.state.load());
    input.state.store(std::uint64_t{++sequences_[seat]} << 32 | buttons);
    input.pressed.fetch_or(buttons & ~before);
    base::raise(input_);
}

std::vector<std::int16_t> EmulatorProcess::takeSamples() { return std::exchange(samples_, {}); }

// With each frame, for the ring holds less than a second.
void EmulatorProcess::hear() {
    const auto written = shared_->audioWritten.load(std::memory_order_acquire);
    demand(written - heard_ < ipc::audioFrames, "samples were lost");
    for (; heard_ < written; ++heard_)
        for (std::size_t side = 0; side < 2; ++side)
            samples_.push_back(shared_->audio[2 * (heard_ % ipc::audioFrames) + side]);
}

}
