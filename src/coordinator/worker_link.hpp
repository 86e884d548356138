#pragma once
// One connected worker.
#include "base/web_socket.hpp"
#include "cloudretro/protocol.hpp"
#include "coordinator/matchmaking.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace cloudretro::coordinator {

// Lives on the loop. Proves itself by its first message, within ten seconds; nothing is believed before.
class WorkerLink {
public:
    WorkerLink(base::Ref<SoupWebsocketConnection> connection, WorkerId id, std::string token);

    bool ready() const { return ready_; } // proven, and has reported what it can take
    const WorkerFacts& facts() const { return facts_; }
    void send(const protocol::ToWorker& message);

    std::function<void()> onReady;                              // once
    std::function<void(const protocol::FromWorker&)> onMessage; // what rooms say, and RoomKept
    std::function<void()> onGone; // once, the last call; may destroy this object

private:
    void receive(std::string_view text);
    void prove(const protocol::Register& hello);
    void note(const protocol::Status& status);
    void note(double roundTrip);
    void measure();

    base::WebSocket socket_;
    const std::string token_;
    WorkerFacts facts_;
    bool registered_ = false, ready_ = false;
    base::Watch deadline_, measuring_;
};

}
