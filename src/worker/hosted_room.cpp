#include "worker/hosted_room.hpp"

#include "base/failure.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "base/plain_name.hpp"

#include <chrono>
#include <system_error>
#include <utility>

namespace cloudretro::worker {
namespace {

namespace fs = std::filesystem;
using namespace protocol;

constexpr double largest = double(64 << 20);

auto now() { return std::chrono::steady_clock::now(); }

const Trouble interrupted{
    "room-crashed", "The process of this game ended meanwhile; the game goes on in another.", "Try again."};

// A room handles what strangers send: it hands over plain files of its own folder only.
bool isOwn(const RoomSaved& saved, const fs::path& dir) {
    const fs::path file(saved.file);
    std::error_code error;
    return (saved.kind == "state" || saved.kind == "sram") && saved.size >= 1 && saved.size <= largest &&
           saved.request >= 0 && file.parent_path() == dir && base::isPlainName(file.filename().native()) &&
           fs::is_regular_file(fs::symlink_status(file, error));
}

void remove(const std::optional<std::string>& file) {
    std::error_code ignored;
    if (file) fs::remove(*file, ignored);
}

}

HostedRoom::HostedRoom(const std::string& room, std::unique_ptr<RoomProcess> process) : room_(room) {
    kept_.room = room;
    use(std::move(process));
}

void HostedRoom::use(std::unique_ptr<RoomProcess> process) {
    process_ = std::move(process);
    process_->claim(room_);
    process_->onMessage = [this](const FromRoom& message, std::string_view text) { receive(message, text); };
    process_->onGone = [this](const RoomProcess::End& end) { ended(end); };
}

void HostedRoom::open(const OpenRoom& order) {
    order_ = order;
    if (!order.state.file.empty()) restarts_.keepState(order.state);
    if (!order.sram.file.empty()) restarts_.keepSram(order.sram);
    restarts_.started(now());
    folder_.emplace(order.saveDir, order.keepDir, order.saveFiles.file.empty());
    folder_->onPacked = [this](const SavedBytes& archive) { keepFiles(archive); };
    process_->open(order);
    for (const auto& text : std::exchange(early_, {})) process_->send(text);
}

void HostedRoom::deliver(const ToWorker& message, std::string_view text) {
    if (const auto* keep = std::get_if<KeepRecord>(&message)) {
        kept_.record = keep->record;
        return;
    }
    if (const auto* added = std::get_if<AddPeer>(&message)) kept_.peers.push_back(added->peer);
    if (const auto* removed = std::get_if<RemovePeer>(&message)) std::erase(kept_.peers, removed->peer);
    if (const auto* save = std::get_if<SaveRoom>(&message)) saving_.insert(save->request);
    if (const auto* load = std::get_if<LoadRoom>(&message)) loading_.insert(load->request);
    if (!process_) return;
    if (order_)
        process_->send(text);
    else
        early_.emplace_back(text);
}

void HostedRoom::close() {
    closing_ = true;
    if (process_) process_->close();
}

void HostedRoom::receive(const FromRoom& message, std::string_view text) {
    if (const auto* saved = std::get_if<RoomSaved>(&message)) return keep(*saved);
    if (const auto* opened = std::get_if<RoomOpened>(&message)) {
        kept_.open = true;
        kept_.picture = opened->picture;
        if (onOpened) onOpened(*opened);
    } else if (const auto* changed = std::get_if<RoomPicture>(&message)) {
        kept_.picture = changed->picture;
    } else if (const auto* gone = std::get_if<PeerGone>(&message)) {
        std::erase(kept_.peers, gone->peer);
    } else if (const auto* notSaved = std::get_if<RoomNotSaved>(&message)) {
        saving_.erase(notSaved->request);
    } else if (const auto* loaded = std::get_if<RoomLoaded>(&message)) {
        loading_.erase(loaded->request);
    }
    const auto instead = translate ? translate(message) : std::nullopt;
    if (!instead) return onMessage(std::string(text));
    for (const auto& other : *instead)
        std::visit([this](const auto& m) { onMessage(base::encode(m)); }, other);
}

void HostedRoom::keep(const RoomSaved& saved) {
    if (!order_ || !isOwn(saved, order_->keepDir))
        return base::logWarning("The room's process handed over something that is no save.", room_);
    const auto file = takeOver(saved.file);
    if (file.empty()) return;
    saving_.erase(saved.request);
    core_ = saved.core;
    coreVersion_ = saved.coreVersion;
    onSaved({room_, saved.kind, saved.request, order_->epoch, saved.size, saved.core, saved.coreVersion},
        file, saved.jpeg);
    const SavedBytes bytes{"", saved.size, file};
    remove(saved.kind == "state" ? restarts_.keepState(bytes) : restarts_.keepSram(bytes));
}

// Under a name of our own: the next process would begin with the same names as this one.
std::string HostedRoom::takeOver(const std::string& file) {
    auto ours = (fs::path(order_->keepDir) / ("kept-" + std::to_string(++filesTaken_) + ".zst")).string();
    std::error_code error;
    fs::rename(file, ours, error);
    if (!error) return ours;
    base::logWarning("A save cannot be kept: " + error.message() + ".", room_);
    return {};
}

void HostedRoom::keepFiles(const SavedBytes& archive) {
    onSaved({room_, "files", 0, order_->epoch, archive.size, core_, coreVersion_}, archive.file, "");
    remove(archive.file);
}

void HostedRoom::failRequests() {
    for (const int request : std::exchange(saving_, {}))
        onMessage(base::encode(RoomNotSaved{room_, request, interrupted}));
    for (const int request : std::exchange(loading_, {}))
        onMessage(base::encode(RoomLoaded{room_, request, interrupted}));
}

// Of a game that never ran here that is told at once: another try would end as this one.
void HostedRoom::ended(const RoomProcess::End& end) {
    if (end.lastWord) return over(*end.lastWord);
    if (closing_) return over({});
    Trouble trouble{"room-crashed", "The process of this game ended unexpectedly (" + end.exit.text() + ").",
        "Start the game again; if it happens every time, tell whoever runs this server."};
    if (!order_ || !kept_.open) return over(std::move(trouble));
    base::logWarning(trouble.message, room_);
    const bool killed = end.exit.bySignal && end.exit.code == SIGKILL;
    if (const auto from = restarts_.next(killed, now())) return restart(*from);
    trouble.message = "The process of this game, which runs " +
                      (core_.empty() ? fs::path(order_->core).stem().string() : core_ + " " + coreVersion_) +
                      ", failed three times within a minute. The last time: " + end.exit.text() + ".";
    over(std::move(trouble));
}

// `end` came from the process that is replaced here: it is done with us.
void HostedRoom::restart(const Restarts::Start& from) {
    try {
        use(takeProcess());
    } catch (const base::Failure& failure) { return over(failure.trouble()); }
    order_->state = from.state;
    order_->sram = from.sram;
    kept_.peers.clear();
    restarts_.started(now());
    process_->open(*order_);
    base::logInfo(
        from.state.file.empty() ? "begins anew in another process" : "goes on in another process", room_);
    failRequests();
    onMessage(base::encode(RoomRestarted{room_}));
}

void HostedRoom::over(Trouble trouble) {
    closing_ = true;
    const auto process = std::move(process_); // calls us
    const auto finish = [this, trouble = std::move(trouble)] {
        if (auto handler = onGone) handler(trouble);
    };
    if (folder_)
        folder_->finish(finish);
    else
        finish();
}

}
