#include "emulator/emulator.hpp"

#include "base/child.hpp"
#include "base/failure.hpp"
#include "base/log.hpp"
#include "base/shared_memory.hpp"
#include "emulator/control.hpp"
#include "emulator/core.hpp"
#include "emulator/keeper.hpp"
#include "emulator/rewinder.hpp"
#include "emulator/sandbox.hpp"
#include "emulator/timeline.hpp"

#include <sys/prctl.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

namespace cloudretro::emulator {
namespace {

constexpr Nanoseconds soon = 10'000'000;

void check(const ipc::Shared& shared) {
    if (shared.magic != ipc::magic)
        throw base::Failure("broken-installation", "The room and the emulator are of different versions.",
            "Ask the server's owner to install it again.");
}

// room ▶ input ▶ core ▶ video and audio ▶ room, at the core's rate.
class Emulator {
public:
    explicit Emulator(Control& control)
        : control_(control),
          memory_(base::SharedMemory::attach(base::Fd(ipc::memoryFd), ipc::sharedBytes)),
          shared_(*static_cast<ipc::Shared*>(memory_.data())),
          video_(shared_, base::Fd(ipc::frameFd)),
          audio_(shared_),
          input_(shared_) {}

    void play() {
        while (!ended_)
            if (const auto woken = control_.wait(nextTask(), isOpen()); woken.message)
                obey(*woken.message);
            else if (woken.input)
                correctFrame();
            else if (paused_)
                keeper_->serveRequests();
            else if (rewinding_)
                runBack();
            else
                runFrame();
    }

private:
    std::optional<Nanoseconds> nextTask() const {
        if (!core_) return std::nullopt;
        if (!paused_) return pacer_->due();
        return keeper_->hasRequests() ? std::optional(now() + soon) : std::nullopt;
    }

    bool isOpen() const { return timeline_ && timeline_->isOpen() && !paused_ && !rewinding_; }

    void obey(const protocol::ToEmulator& message) {
        if (timeline_) timeline_->settle();
        const auto handlers = base::overloaded{
            [this](const protocol::Load& load) { start(load); },
            [this](protocol::Pause) { pause(); },
            [this](protocol::Resume) { resume(); },
            [this](protocol::Reset) { reset(); },
            [this](protocol::TakeSnapshot m) {
                if (keeper_) keeper_->snapshot(std::uint32_t(m.request));
            },
            [this](protocol::RunBackwards m) { rewind(m.on); },
            [this](protocol::LoadState m) {
                control_.send(protocol::StateLoaded{m.request, loadState(m.bytes)});
            },
            [this](protocol::Quit) { ended_ = true; },
        };
        std::visit(handlers, message);
    }

    void start(const protocol::Load& load) {
        if (core_) return;
        check(shared_); // not before: the core of another process may still write there
        makeFolders(load);
        Sandbox sandbox(load);
        core_.emplace(load, video_, audio_, input_);
        sandbox.seal();
        auto loaded = core_->describe();
        loaded.sandbox = sandbox.layers();
        loaded.restored = restore(load);
        base::logInfo(loaded.coreName + " " + loaded.coreVersion + " runs " + load.file +
                      "; sandbox:" + sandbox.inWords());
        known_ = {core_->timing(), video_.rotation()};
        control_.send(loaded);
        pacer_.emplace(now(), loaded.fps);
    }

    // The part of what the room gives back that begins at `from`; nothing where that makes no sense.
    std::span<const std::byte> given(int from, int bytes) const {
        if (from < 0 || bytes <= 0 || std::size_t(from) + std::size_t(bytes) > ipc::keptBytes) return {};
        return {ipc::restored(shared_) + from, std::size_t(bytes)};
    }

    // Before the first frame. SRAM first: a state that has it within knows better.
    bool restore(const protocol::Load& load) {
        const auto sram = given(load.stateBytes, load.sramBytes);
        const auto into = core_->sram();
        std::copy_n(sram.begin(), std::min(sram.size(), into.size()), into.begin());
        timeline_.emplace(*core_, video_, audio_, input_, Timeline::Wishes{load.earlyFrames, load.runAhead});
        keeper_.emplace(shared_, *timeline_, video_, sram);
        rewinder_.emplace(*timeline_);
        keeper_->onRefused = [this](auto id) { control_.send(protocol::SnapshotFailed{int(id)}); };
        const auto state = given(0, load.stateBytes);
        if (state.empty()) return false;
        if (core_->loadState(state)) return true;
        core_->run(); // some accept none before they have run
        return core_->loadState(state);
    }

    bool loadState(int bytes) {
        const auto state = given(0, bytes);
        if (!core_ || state.empty() || !core_->loadState(state)) return false;
        jumped();
        if (paused_) show();
        return true;
    }

    void jumped() {
        timeline_->jumped();
        keeper_->jumped();
    }

    // One frame, for people who wait: where the game stands now.
    void show() {
        timeline_->run(now());
        timeline_->settle();
    }

    void rewind(bool on) {
        if (!core_ || on == rewinding_ || (on && rewinder_->isEmpty())) return;
        rewinding_ = on;
        audio_.setMute(on);
        if (!on) jumped();
    }

    void pause() {
        if (!std::exchange(paused_, true) && keeper_) keeper_->snapshot(0);
    }

    void resume() {
        if (std::exchange(paused_, false) && pacer_) pacer_->restart(now());
    }

    void reset() {
        if (!core_) return;
        core_->reset();
        jumped();
    }

    // Without sound; where nothing new is drawn the room sees the same picture again.
    void runBack() {
        rewinder_->back(*core_);
        timeline_->jumped();
        const auto timing = core_->timing();
        const double pairs = timing.fps >= 1 ? timing.sampleRate / timing.fps : 0;
        audio_.writeSilence(std::size_t(std::clamp(pairs, 0.0, double(ipc::audioFrames / 4))));
        video_.publish(pacer_->due(), input_.applied(), input_.polled());
        pacer_->advance(now());
    }

    void runFrame() {
        timeline_->run(pacer_->due());
        pacer_->advance(now());
        followTiming();
        keeper_->betweenFrames(pacer_->due() - now());
        rewinder_->betweenFrames(pacer_->due() - now());
        if (core_->wantsShutdown()) end();
    }

    // Input has come in the middle between two frames.
    void correctFrame() {
        if (!input_.changed()) return;
        timeline_->correct(pacer_->due());
        followTiming();
        if (core_->wantsShutdown()) end();
    }

    // Tells the room what the core changed during the frame.
    void followTiming() {
        const Known known{core_->timing(), video_.rotation()};
        if (known == known_) return;
        known_ = known;
        pacer_->setRate(known.timing.fps);
        control_.send(known.timing);
    }

    void end() {
        control_.send(protocol::Shutdown{});
        ended_ = true;
    }

    // What the room knows of the core.
    struct Known {
        protocol::TimingChanged timing;
        std::uint32_t rotation = 0;
        auto values() const { return std::tie(timing.aspect, timing.fps, timing.sampleRate, rotation); }
        bool operator==(const Known& other) const { return values() == other.values(); }
    };

    Control& control_;
    base::SharedMemory memory_;
    ipc::Shared& shared_;
    Video video_;
    Audio audio_;
    Input input_;
    std::optional<Core> core_;
    std::optional<Timeline> timeline_; // these four from Loaded on
    std::optional<Keeper> keeper_;
    std::optional<Rewinder> rewinder_;
    std::optional<Pacer> pacer_;
    Known known_;
    bool paused_ = false, rewinding_ = false, ended_ = false;
};

}

int run() {
    base::dieWithParent();
    base::startLog("emulator", base::LogTo::Stderr); // the journal's socket reaches other sockets, too
    ::tzset();                                       // for the log: the sandbox hides the time zone's file
    ::prctl(PR_SET_TIMERSLACK, 1UL);                 // ns; by default the kernel wakes us up to 50 us late
    Control control{base::Fd(ipc::controlFd), base::Fd(ipc::inputFd)};
    try {
        Emulator(control).play();
        return EXIT_SUCCESS;
    } catch (const base::Failure& failure) {
        base::logWarning(failure.what());
        control.send(protocol::LoadFailed{failure.trouble()});
        return EXIT_FAILURE;
    }
}

}
