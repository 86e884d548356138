#include "room/saves.hpp"

#include "base/background.hpp"
#include "base/log.hpp"

#include <utility>

namespace cloudretro::room {
namespace {

using namespace std::chrono_literals;
using protocol::Trouble;

constexpr auto automaticEvery = 5s;
constexpr auto photoPatience = 500ms;
constexpr auto corePatience = 700ms, wholePatience = 1500ms; // at the end
constexpr std::size_t largestPhoto = 48 << 10;               // a message has room for it

const Trouble notRunning{"not-running", "The game does not run yet.", "Try again in a moment."};
const Trouble noStates{"no-states", "The emulator core of this game cannot save states.",
    "Save within the game, where it offers that: what it writes there is kept."};
const Trouble cannotWrite{"no-space", "The machine that runs the game cannot write the save.",
    "Whoever runs this server has to look at the disk of that machine."};
const Trouble unreadable{"bad-save", "The save is damaged, and cannot be loaded.", "Load an older one."};
const Trouble nothingToUndo{"nothing-to-undo", "No save was loaded since the game began.",
    "Load a save first; then this brings you back."};

Trouble refused(const protocol::Loaded& core) {
    return {"state-refused",
        core.coreName + " " + core.coreVersion +
            " does not take this state: another core, or another version of it, may have made it.",
        "Load a state that was saved with this version; what the game saved by itself is not affected."};
}

}

Saves::Saves(Emulation& emulator, Photograph photograph)
    : emulator_(emulator),
      photograph_(std::move(photograph)) {
    emulator_.onSnapshot = [this](const Snapshot& snapshot) {
        if (snapshot.request)
            answer(snapshot.request, &snapshot);
        else
            automatic(snapshot);
    };
    emulator_.onRefused = [this](int asked) { answer(asked, nullptr); };
    emulator_.onSram = [this](const Bytes& bytes) { handOutSram(bytes); };
    emulator_.onStateLoaded = [this](int number, bool good) { injected(number, good); };
    archivist_.onWritten = [this](const protocol::RoomSaved& saved) {
        onSaved(saved);
        finishIfDone();
    };
    archivist_.onFailed = [this](const protocol::RoomSaved& lost) { refuse(lost.request, cannotWrite); };
}

// ---- begin ----

void Saves::open(const protocol::OpenRoom& order) {
    archivist_.open(order.keepDir);
    protocol::Load load{order.core, order.file, order.systemDir, order.saveDir, order.options, order.sandbox};
    load.earlyFrames = order.earlyFrames;
    load.runAhead = order.runAhead;
    const bool hasState = !order.state.file.empty(), hasSram = !order.sram.file.empty();
    if (!hasState && !hasSram) return start(std::move(load), false, {});
    base::inBackground(
        [=, state = order.state, sram = order.sram] {
            Recovery::Start from;
            if (auto bytes = hasState ? readSaved(state) : nullptr)
                from.state.emplace().bytes = std::move(bytes);
            if (hasSram) from.sram = readSaved(sram);
            return from;
        },
        [=, this](Recovery::Start from) { start(load, hasState, std::move(from)); });
}

void Saves::start(protocol::Load load, bool wantsState, Recovery::Start from) {
    wantsState_ = wantsState;
    readState_ = from.state.has_value();
    emulator_.load(load, std::move(from));
}

void Saves::opened(const protocol::Loaded& loaded) {
    running_ = loaded;
    if (!wantsState_ || loaded.restored) return;
    base::logWarning("the game did not take the state that it was to go on from");
    onLoaded({{}, 0, readState_ ? refused(loaded) : unreadable});
}

// ---- hand out ----

// The emulator that this is for may end first: the next one is asked again (Emulation).
void Saves::ask(Then then) {
    asked_[++lastAsked_] = std::move(then);
    emulator_.takeSnapshot(lastAsked_);
}

void Saves::answer(int asked, const Snapshot* snapshot) {
    auto found = asked_.extract(asked);
    if (found.empty()) return;
    found.mapped()(snapshot);
    finishIfDone();
}

void Saves::automatic(const Snapshot& snapshot) {
    if (resting_ && !newest_) return; // nobody has played
    newest_ = snapshot;
    if (resting_ || std::chrono::steady_clock::now() - handedOut_ >= automaticEvery) handOut(snapshot, 0);
}

void Saves::rest(bool resting) {
    resting_ = resting;
    if (resting && newest_) handOutNow();
}

void Saves::jumped() { frameOut_.reset(); }

void Saves::handOutNow() {
    ask([this](const Snapshot* snapshot) {
        if (snapshot) handOut(*snapshot, 0);
    });
}

void Saves::save(int request) {
    if (!running_) return refuse(request, notRunning);
    ask([this, request](const Snapshot* snapshot) {
        if (snapshot)
            handOut(*snapshot, request);
        else
            refuse(request, noStates);
    });
}

// With a photo of that moment, or a little later; one that takes long is left out.
void Saves::handOut(const Snapshot& snapshot, int request) {
    if (!request && frameOut_ == snapshot.frame) return;
    if (!request) {
        frameOut_ = snapshot.frame;
        handedOut_ = std::chrono::steady_clock::now();
    }
    struct Development {
        protocol::RoomSaved about;
        Bytes bytes;
        base::Watch patience;
        bool done = false;
    };
    const auto piece = std::make_shared<Development>();
    piece->about = {{}, "state", {}, 0, request, snapshot.core, snapshot.version, {}};
    piece->bytes = snapshot.bytes;
    ++developing_;
    const auto finish = [this, piece](const std::string& jpeg) {
        if (std::exchange(piece->done, true)) return;
        piece->patience = {};
        --developing_;
        if (jpeg.size() <= largestPhoto) piece->about.jpeg = jpeg;
        keep(std::move(piece->about), std::move(piece->bytes));
    };
    piece->patience = base::Loop::after(photoPatience, [finish] { finish({}); });
    photograph_(finish);
}

void Saves::handOutSram(const Bytes& bytes) {
    if (running_) keep({{}, "sram", {}, 0, 0, running_->coreName, running_->coreVersion, {}}, bytes);
}

void Saves::keep(protocol::RoomSaved about, Bytes bytes) {
    archivist_.keep({std::move(about), std::move(bytes)});
}

void Saves::refuse(int request, const Trouble& trouble) {
    if (request) onNotSaved({{}, request, trouble});
    finishIfDone();
}

// ---- load ----

// First the moment is kept, so that there is a way back.
void Saves::load(const protocol::LoadRoom& order) {
    const bool undo = order.state.object.empty();
    if (!running_) return onLoaded({{}, order.request, notRunning});
    if (undo && !before_) return onLoaded({{}, order.request, nothingToUndo});
    ask([this, order, undo](const Snapshot* now) {
        auto before = now ? now->bytes : nullptr;
        if (undo)
            inject(order.request, before_, std::move(before));
        else
            loadFile(order, std::move(before));
    });
}

void Saves::loadFile(const protocol::LoadRoom& order, Bytes before) {
    base::inBackground([state = order.state] { return readSaved(state); },
        [this, request = order.request, before = std::move(before)](Bytes state) {
            if (state)
                inject(request, std::move(state), before);
            else
                onLoaded({{}, request, unreadable});
        });
}

void Saves::inject(int request, Bytes state, Bytes before) {
    loading_[++lastLoading_] = {request, std::move(before)};
    emulator_.loadState(lastLoading_, std::move(state));
}

void Saves::injected(int number, bool good) {
    auto found = loading_.extract(number);
    if (found.empty()) return;
    auto& [request, before] = found.mapped();
    if (!good) return onLoaded({{}, request, refused(*running_)});
    before_ = std::move(before);
    jumped();
    handOutNow();
    onLoaded({{}, request, {}});
}

// ---- end ----

void Saves::finish(How how, std::function<void()> done) {
    finished_ = std::move(done);
    deadline_ = base::Loop::after(wholePatience, [this] {
        base::logWarning("the last save was not written in time");
        asked_.clear();
        if (auto call = std::exchange(finished_, nullptr)) call();
    });
    const auto handOutNewest = [this] {
        asked_.clear();
        if (newest_) handOut(*newest_, 0);
        finishIfDone();
    };
    if (how == How::Now && running_ && newest_) {
        handOutNow();
        hurry_ = base::Loop::after(corePatience, handOutNewest);
    } else if (how == How::Newest) {
        handOutNewest();
    } else {
        asked_.clear();
    }
    finishIfDone();
}

// Posted: this may be the end of the process, and whoever calls has more to do.
void Saves::finishIfDone() {
    if (!finished_ || !asked_.empty() || developing_ || !archivist_.isIdle()) return;
    base::Loop::post(std::exchange(finished_, nullptr));
}

}
