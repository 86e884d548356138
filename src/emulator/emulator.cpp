#include "emulator/emulator.hpp"

#include "base/child.hpp"
#include "base/failure.hpp"
#include "base/log.hpp"
#include "base/shared_memory.hpp"
#include "emulator/control.hpp"
#include "emulator/core.hpp"
#include "emulator/sandbox.hpp"

#include <sys/prctl.h>

#include <cstdlib>
#include <ctime>
#include <optional>
#include <tuple>
#include <utility>

namespace cloudretro::emulator {
namespace {

ipc::Shared& check(const base::SharedMemory& memory) {
    auto& shared = *static_cast<ipc::Shared*>(memory.data());
    if (shared.magic != ipc::magic)
        throw base::Failure("broken-installation", "The room and the emulator are of different versions.",
            "Ask the server's owner to install it again.");
    return shared;
}

// room ▶ input ▶ core ▶ video and audio ▶ room, at the core's rate.
class Emulator {
public:
    explicit Emulator(Control& control)
        : control_(control),
          memory_(base::SharedMemory::attach(base::Fd(ipc::memoryFd), ipc::sharedBytes)),
          shared_(check(memory_)),
          video_(shared_, base::Fd(ipc::frameFd)),
          audio_(shared_),
          input_(shared_) {}

    void play() {
        while (!ended_)
            if (auto message = control_.wait(nextFrame()))
                obey(*message);
            else
                runFrame();
    }

private:
    std::optional<Nanoseconds> nextFrame() const {
        return core_ && !paused_ ? std::optional(pacer_->due()) : std::nullopt;
    }

    void obey(const protocol::ToEmulator& message) {
        const auto handlers = base::overloaded{
            [this](const protocol::Load& load) { start(load); },
            [this](protocol::Pause) { paused_ = true; },
            [this](protocol::Resume) { resume(); },
            [this](protocol::Reset) { reset(); },
            [this](protocol::Quit) { ended_ = true; },
        };
        std::visit(handlers, message);
    }

    void start(const protocol::Load& load) {
        if (core_) return;
        makeFolders(load);
        Sandbox sandbox(load);
        core_.emplace(load, video_, audio_, input_);
        sandbox.seal();
        auto loaded = core_->describe();
        loaded.sandbox = sandbox.layers();
        base::logInfo(loaded.coreName + " " + loaded.coreVersion + " runs " + load.file +
                      "; sandbox:" + sandbox.inWords());
        known_ = {core_->timing(), video_.rotation()};
        control_.send(loaded);
        pacer_.emplace(now(), loaded.fps);
    }

    void resume() {
        if (std::exchange(paused_, false) && pacer_) pacer_->restart(now());
    }

    void reset() {
        if (core_) core_->reset();
    }

    void runFrame() {
        core_->run();
        video_.publish(pacer_->due(), input_.applied());
        pacer_->advance(now());
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
    std::optional<Pacer> pacer_; // from Loaded on
    Known known_;
    bool paused_ = false, ended_ = false;
};

}

int run() {
    base::dieWithParent();
    base::startLog("emulator", base::LogTo::Stderr); // the journal's socket reaches other sockets, too
    ::tzset();                                       // for the log: the sandbox hides the time zone's file
    ::prctl(PR_SET_TIMERSLACK, 1UL);                 // ns; by default the kernel wakes us up to 50 us late
    Control control{base::Fd(ipc::controlFd)};
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
