#pragma once
// The process of one room, from warm spare to its end.
#include "base/child.hpp"
#include "base/message_socket.hpp"
#include "cloudretro/protocol.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::worker {

// Lives on the loop. Destroying it kills the process.
class RoomProcess {
public:
    // Starts `cloudretro --role=room`, which warms up and waits. Throws Failure.
    RoomProcess();

    bool isOpen() const { return opened_; }
    bool isClosing() const { return closing_; }
    int pid() const { return child_.pid(); }

    // From now on it is this room's: what it is told before open() is kept for after that.
    void claim(const std::string& room);
    // Gives the process its game; `order` is complete.
    void open(const protocol::OpenRoom& order);
    // Hands on what the coordinator says, as it came.
    void deliver(const protocol::ToWorker& message, std::string_view text);
    // What a coordinator that starts anew must know of this room.
    const protocol::RoomKept& kept() const { return kept_; }

    // Asks the game to end; who does not within the grace time is killed.
    void close();

    // What the room says for the coordinator, as it came; never RoomClosed, which is for the worker to say.
    std::function<void(std::string_view)> onMessage;
    // The process is gone: the last call, and it may destroy this object. An empty code: in good order.
    std::function<void(protocol::Trouble)> onGone;

private:
    void receive(std::string_view message);
    void endSoon();
    void goneWhenAllIsRead();

    void send(std::string_view message) { socket_.send(message); }
    void note(const protocol::FromRoom& message);

    std::string room_; // empty: a warm spare
    bool opened_ = false;
    std::vector<std::string> early_; // what came before it was
    protocol::RoomKept kept_;
    bool closing_ = false;
    std::optional<protocol::Trouble> lastWord_; // of RoomClosed
    std::optional<base::Exit> exit_;
    bool socketClosed_ = false;
    base::SocketPair ends_ = base::makeSocketPair();
    base::MessageSocket socket_{std::move(ends_.ours)};
    base::Child child_;
    base::Watch grace_;
};

}
