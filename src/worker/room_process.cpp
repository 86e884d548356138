#include "worker/room_process.hpp"

#include "base/json.hpp"
#include "base/log.hpp"
#include "cloudretro/ipc.hpp"

#include <csignal>
#include <utility>

namespace cloudretro::worker {
namespace {

using namespace std::chrono_literals;

constexpr auto graceTime = 3s;

std::vector<base::Inherited> inherit(base::Fd end) {
    std::vector<base::Inherited> inherited;
    inherited.push_back({std::move(end), ipc::roomControlFd});
    return inherited;
}

}

RoomProcess::RoomProcess() : child_({"--role=room"}, inherit(std::move(ends_.theirs))) {
    socket_.onMessage = [this](std::string_view message) { receive(message); };
    socket_.onClosed = [this] {
        socketClosed_ = true;
        endSoon();
        goneWhenAllIsRead();
    };
    child_.onExit = [this](base::Exit exit) {
        exit_ = exit;
        goneWhenAllIsRead();
    };
}

void RoomProcess::claim(const std::string& room) { room_ = kept_.room = room; }

void RoomProcess::open(const protocol::OpenRoom& order) {
    opened_ = true;
    send(base::encode(order));
    for (const auto& text : std::exchange(early_, {})) send(text);
}

void RoomProcess::deliver(const protocol::ToWorker& message, std::string_view text) {
    if (const auto* keep = std::get_if<protocol::KeepRecord>(&message)) {
        kept_.record = keep->record;
        return;
    }
    if (const auto* added = std::get_if<protocol::AddPeer>(&message)) kept_.peers.push_back(added->peer);
    if (const auto* removed = std::get_if<protocol::RemovePeer>(&message))
        std::erase(kept_.peers, removed->peer);
    if (opened_)
        send(text);
    else
        early_.emplace_back(text);
}

void RoomProcess::note(const protocol::FromRoom& message) {
    if (const auto* opened = std::get_if<protocol::RoomOpened>(&message)) {
        kept_.open = true;
        kept_.picture = opened->picture;
    } else if (const auto* changed = std::get_if<protocol::RoomPicture>(&message)) {
        kept_.picture = changed->picture;
    } else if (const auto* gone = std::get_if<protocol::PeerGone>(&message)) {
        std::erase(kept_.peers, gone->peer);
    }
}

void RoomProcess::close() {
    if (closing_) return;
    closing_ = true;
    if (!opened_) return child_.kill(SIGKILL); // no game runs in it
    send(base::encode(protocol::CloseRoom{room_}));
    endSoon();
}

// A room handles what strangers send: it may speak only for itself.
void RoomProcess::receive(std::string_view text) {
    const auto message = base::decode<protocol::FromRoom>(text);
    const bool own = message && std::visit([&](const auto& m) { return m.room == room_; }, *message);
    if (!own)
        return base::logWarning("The room's process said something that is no message of this room.", room_);
    if (const auto* closed = std::get_if<protocol::RoomClosed>(&*message)) {
        lastWord_ = closed->trouble;
        return endSoon();
    }
    note(*message);
    if (onMessage) onMessage(text);
}

void RoomProcess::endSoon() {
    if (grace_) return;
    grace_ = base::Loop::after(graceTime, [this] {
        base::logWarning("The room's process did not end in time and is killed.", room_);
        child_.kill(SIGKILL);
    });
}

// Its last word may still be in the socket when it has exited.
void RoomProcess::goneWhenAllIsRead() {
    if (!exit_ || !socketClosed_) return;
    protocol::Trouble trouble;
    if (lastWord_)
        trouble = *lastWord_;
    else if (!closing_)
        trouble = {"room-crashed", "The process of this game ended unexpectedly (" + exit_->text() + ").",
            "Start the game again; if it happens every time, tell whoever runs this server."};
    if (auto handler = onGone) handler(std::move(trouble));
}

}
