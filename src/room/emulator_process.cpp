#include "room/emulator_process.hpp"

#include "base/event_fd.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "room/kept.hpp"

#include <algorithm>
#include <csignal>
#include <cstring>

namespace cloudretro::room {
namespace {

using namespace std::chrono_literals;

// A core may compile shaders or unpack a disc before its first frame; after that it has no excuse.
constexpr auto patienceAtStart = 10s;
constexpr auto patienceInPlay = 1500ms;

const protocol::Trouble loadingHangs{"core-hangs",
    "The emulator core did not start the game within 10 seconds.",
    "Try again, or try another file of this game: this one may be damaged."};
const protocol::Trouble coreHangs{"core-hangs", "The emulator core stopped answering.",
    "Start the game again; if it happens at the same place, try another core."};
const protocol::Trouble noPicture{"no-picture", "The emulator core runs, but shows no picture.",
    "This core may need a graphics card or a firmware file; try another core for this system."};

// What an emulator of ours says always is: a core that speaks in its place is not believed.
bool isSound(double aspect, double fps, double sampleRate) {
    return aspect >= 0.01 && aspect <= 100 && fps >= 1 && fps <= 1000 && sampleRate >= 1000 &&
           sampleRate <= 1e6;
}

bool isSound(const protocol::Loaded& m) {
    const auto inRange = [](int size, std::uint32_t most) { return size >= 0 && size <= int(most); };
    return isSound(m.aspect, m.fps, m.sampleRate) && inRange(m.width, ipc::maxWidth) &&
           inRange(m.height, ipc::maxHeight) && inRange(m.seats, maxSeats);
}

// As an emulator that begins expects it, whatever the one before left there.
void clear(ipc::Shared& shared) {
    shared.magic = ipc::magic;
    shared.published = shared.audioWritten = shared.kept = shared.keptTaken = 0;
    shared.frames = {};
}

protocol::Trouble troubleOf(base::Exit exit) {
    if (exit.bySignal && exit.code == SIGSYS)
        return {"core-forbidden", "The emulator core tried what it is forbidden to, and was stopped.",
            "The file may be made to attack the server: do not use it, or try another core."};
    return {"core-crashed", "The emulator core crashed (" + exit.text() + ").",
        "Start the game again; if it happens each time, the file may be damaged or the core faulty."};
}

std::vector<base::Inherited> inherit(
    base::Fd control, const base::SharedMemory& memory, const base::Fd& frames, const base::Fd& input) {
    std::vector<base::Inherited> all;
    all.push_back({std::move(control), ipc::controlFd});
    all.push_back({memory.duplicate(), ipc::memoryFd});
    all.push_back({frames.duplicate(), ipc::frameFd});
    all.push_back({input.duplicate(), ipc::inputFd});
    return all;
}

}

EmulatorProcess::EmulatorProcess(std::shared_ptr<base::SharedMemory> memory, const base::Fd& input)
    : memory_(std::move(memory)),
      shared_(*static_cast<ipc::Shared*>(memory_->data())),
      frameFd_(base::makeEventFd()),
      ends_(base::makeSocketPair()),
      child_({"--role=emulator"}, inherit(std::move(ends_.theirs), *memory_, frameFd_, input)),
      control_(std::move(ends_.ours)),
      frames_(base::Loop::readable(frameFd_.get(), [this] { takeEvents(); })),
      watchdog_(base::Loop::every(100ms, [this] { lookAfter(); })) {
    control_.onMessage = [this](std::string_view message) { handle(message); };
    control_.onClosed = [this] {
        silent_ = true;
        end();
    };
    child_.onExit = [this](base::Exit exit) {
        exit_ = exit;
        end();
    };
}

void EmulatorProcess::load(protocol::Load load, const Bytes& state, const Bytes& sram) {
    clear(shared_);
    auto* to = ipc::restored(shared_);
    auto left = ipc::keptBytes;
    const auto give = [&](const Bytes& bytes) {
        if (!bytes || bytes->size() > left) return 0;
        to = std::copy(bytes->begin(), bytes->end(), to);
        left -= bytes->size();
        return int(bytes->size());
    };
    load.stateBytes = give(state);
    load.sramBytes = give(sram);
    control_.send(base::encode(load));
    expect(patienceAtStart, loadingHangs);
}

void EmulatorProcess::pause() {
    control_.send(base::encode(protocol::Pause{}));
    paused_ = true; // a frame or two may still be on their way
}

void EmulatorProcess::resume() {
    control_.send(base::encode(protocol::Resume{}));
    paused_ = false;
    if (pictured_)
        expect(patienceInPlay, coreHangs);
    else if (loaded_)
        expect(patienceAtStart, noPicture);
}

void EmulatorProcess::reset() { control_.send(base::encode(protocol::Reset{})); }

void EmulatorProcess::runBackwards(bool on) { control_.send(base::encode(protocol::RunBackwards{on})); }

void EmulatorProcess::takeSnapshot(int request) {
    control_.send(base::encode(protocol::TakeSnapshot{request}));
}

bool EmulatorProcess::loadState(int request, const std::vector<std::byte>& state) {
    if (state.size() > ipc::keptBytes) return false;
    std::copy(state.begin(), state.end(), ipc::restored(shared_));
    return control_.send(base::encode(protocol::LoadState{request, int(state.size())}));
}

void EmulatorProcess::handle(std::string_view text) {
    auto message = base::decode<protocol::FromEmulator>(text);
    if (!message) return base::logWarning("the emulator sent a message that makes no sense");
    std::visit(base::overloaded{
                   [&](protocol::Loaded& m) {
                       if (loaded_ || !isSound(m)) return;
                       loaded_ = true;
                       expect(patienceAtStart, noPicture);
                       if (onLoaded) onLoaded(std::move(m));
                   },
                   [&](protocol::TimingChanged& m) {
                       if (!isSound(m.aspect, m.fps, m.sampleRate)) return;
                       if (onTiming) onTiming(m);
                   },
                   [&](protocol::LoadFailed& m) {
                       die(m.trouble);
                       end_->final = true;
                   },
                   [&](const protocol::SnapshotFailed& m) {
                       if (onRefused) onRefused(m.request);
                   },
                   [&](const protocol::StateLoaded& m) {
                       if (onStateLoaded) onStateLoaded(m.request, m.good);
                   },
                   [&](protocol::Shutdown&) {
                       dead_ = true;
                       end_ = End{};
                       if (onShutdown) onShutdown();
                   },
               },
        *message);
}

void EmulatorProcess::takeEvents() {
    std::uint64_t raised = 0;
    if (::read(frameFd_.get(), &raised, sizeof raised) < 0 || dead_) return;
    takeFrames();
    if (!dead_) takeKept();
}

void EmulatorProcess::takeFrames() {
    const auto published = shared_.published.load(std::memory_order_acquire);
    if (published <= taken_) return;
    const auto oldestSafe = published > ipc::frameSlots - 2 ? published - (ipc::frameSlots - 2) : 0;
    for (auto before = std::max(taken_, oldestSafe); before < published && !dead_; ++before) {
        const auto frame = readFrame(shared_, before + 1);
        if (!frame) continue;
        pictured_ = pictured_ || !frame->header.duplicate;
        if (pictured_) expect(patienceInPlay, coreHangs);
        if (!onFrame) continue;
        if (frame->header.corrected)
            onFrame(*frame, {});
        else
            onFrame(*frame, takeSamples(frame->header.audioWritten));
    }
    taken_ = published;
}

void EmulatorProcess::takeKept() {
    const auto newest = shared_.kept.load(std::memory_order_acquire);
    if (newest <= keptTaken_ || newest - keptTaken_ > ipc::keptSlots) return;
    for (auto number = keptTaken_ + 1; number <= newest; ++number) {
        const auto kept = readKept(shared_, number);
        if (!kept || !onKept) continue;
        const auto& [header, bytes] = *kept;
        onKept({header.kind, std::make_shared<const std::vector<std::byte>>(bytes.begin(), bytes.end()),
            header.frame, int(header.request)});
    }
    keptTaken_ = newest;
    shared_.keptTaken.store(newest, std::memory_order_release);
}

// All samples up to `written`, or the newest that the ring still holds. The next call overwrites them.
std::span<const std::int16_t> EmulatorProcess::takeSamples(std::uint64_t written) {
    constexpr auto most = ipc::audioFrames / 2; // the other half may be under the emulator's pen
    if (written < samplesTaken_) written = samplesTaken_;
    auto from = std::max(samplesTaken_, written > most ? written - most : 0);
    samplesTaken_ = written;
    samples_.resize(2 * std::size_t(written - from));
    for (std::size_t done = 0; from < written;) {
        const auto at = std::size_t(from % ipc::audioFrames);
        const auto count = std::min<std::size_t>(written - from, ipc::audioFrames - at);
        std::memcpy(samples_.data() + done, shared_.audio.data() + 2 * at, 4 * count);
        done += 2 * count;
        from += count;
    }
    return samples_;
}

void EmulatorProcess::expect(std::chrono::steady_clock::duration within, const protocol::Trouble& otherwise) {
    patienceEnds_ = std::chrono::steady_clock::now() + within;
    otherwise_ = &otherwise;
}

void EmulatorProcess::lookAfter() {
    if (!paused_ && std::chrono::steady_clock::now() > patienceEnds_) die(*otherwise_);
}

void EmulatorProcess::die(const protocol::Trouble& trouble) {
    if (std::exchange(dead_, true)) return;
    end_ = End{trouble, pictured_ ? taken_ : 0};
    watchdog_ = {};
    child_.kill(SIGKILL);
}

// What it said last may still be in the socket when it has exited.
void EmulatorProcess::end() {
    if (!exit_ || !silent_) return;
    if (!end_) {
        end_ = End{troubleOf(*exit_), pictured_ ? taken_ : 0};
        end_->killed = exit_->bySignal && exit_->code == SIGKILL;
    }
    dead_ = true;
    const bool wanted = end_->trouble.code.empty(); // it shut down
    const auto end = *end_;
    if (auto handler = onEnd; handler && !wanted) handler(end);
}

}
