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

void RoomProcess::open(const protocol::OpenRoom& order) {
    opened_ = true;
    send(base::encode(order));
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
    if (onMessage) onMessage(*message, text);
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
    const End end{lastWord_, *exit_};
    if (auto handler = onGone) handler(end);
}

}
