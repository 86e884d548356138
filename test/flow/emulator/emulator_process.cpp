#include "emulator_process.hpp"

#include <catch2/catch.hpp>

#include <sys/eventfd.h>

#include <cstring>
#include <new>

namespace cloudretro::test {
namespace {

using namespace std::chrono_literals;
constexpr auto patience = 60s;

ipc::Shared* prepare(const base::SharedMemory& memory) {
    auto* shared = new (memory.data()) ipc::Shared;
    shared->magic = ipc::magic;
    return shared;
}

std::vector<base::Inherited> inherit(
    base::Fd control, const base::SharedMemory& memory, const base::Fd& raised) {
    std::vector<base::Inherited> all;
    all.push_back({std::move(control), ipc::controlFd});
    all.push_back({memory.duplicate(), ipc::memoryFd});
    all.push_back({base::Fd(::dup(raised.get())), ipc::frameFd});
    return all;
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

EmulatorProcess::EmulatorProcess()
    : memory_(base::SharedMemory::create(ipc::sharedBytes)),
      shared_(prepare(memory_)),
      raised_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      ends_(base::makeSocketPair()),
      child_({"--role=emulator"}, inherit(std::move(ends_.theirs), memory_, raised_)),
      watch_(base::Loop::readable(raised_.get(), [this] { takeFrames(); })) {
    control_.emplace(std::move(ends_.ours));
    control_->onMessage = [this](std::string_view message) { receive(message); };
    child_.onExit = [this](base::Exit how) { exit = how; };
}

void EmulatorProcess::receive(std::string_view text) {
    auto message = base::decode<protocol::FromEmulator>(text);
    REQUIRE(message);
    std::visit(base::overloaded{
                   [this](protocol::Loaded& m) { loaded = std::move(m); },
                   [this](protocol::TimingChanged& m) { timings.push_back(m); },
                   [this](protocol::LoadFailed& m) { trouble = std::move(m.trouble); },
                   [this](protocol::Shutdown) { shutdown = true; },
               },
        *message);
}

void EmulatorProcess::takeFrames() {
    std::uint64_t count = 0;
    if (::read(raised_.get(), &count, sizeof count) < 0) return;
    const auto published = shared_->published.load(std::memory_order_acquire);
    while (taken_ < published) {
        const auto& header = frames.emplace_back(shared_->frames[++taken_ % ipc::frameSlots]);
        if (published - taken_ >= ipc::frameSlots - 1 || header.duplicate) continue;
        const auto* from = ipc::slot(*shared_, taken_);
        picture = {header, {from, from + std::size_t{header.pitch} * header.height}};
    }
    hear();
}

void EmulatorProcess::await(const std::function<bool()>& done) {
    bool late = false;
    const auto watchdog = base::Loop::after(patience, [&] { late = true; });
    while (!done()) {
        INFO("trouble: " << (trouble ? trouble->message : "none")
                         << ", ended: " << (exit ? exit->text() : "no"));
        REQUIRE(!exit);
        REQUIRE(!late);
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
    REQUIRE(exit);
    while (g_main_context_iteration(nullptr, FALSE)) {} // what it said before it ended
    return *exit;
}

void EmulatorProcess::press(unsigned seat, Buttons buttons) {
    auto& input = shared_->seats[seat];
    const auto before = Buttons(input.state.load());
    input.state.store(std::uint64_t{++sequences_[seat]} << 32 | buttons);
    input.pressed.fetch_or(buttons & ~before);
}

std::vector<std::int16_t> EmulatorProcess::takeSamples() { return std::exchange(samples_, {}); }

// With each frame, for the ring holds less than a second.
void EmulatorProcess::hear() {
    const auto written = shared_->audioWritten.load(std::memory_order_acquire);
    REQUIRE(written - heard_ < ipc::audioFrames);
    for (; heard_ < written; ++heard_)
        for (std::size_t side = 0; side < 2; ++side)
            samples_.push_back(shared_->audio[2 * (heard_ % ipc::audioFrames) + side]);
}

}
