#pragma once
// The process of one room, from warm spare to its end.
#include "base/child.hpp"
#include "base/message_socket.hpp"
#include "cloudretro/protocol.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cloudretro::worker {

// Lives on the loop. Destroying it kills the process.
class RoomProcess {
public:
    // Starts `cloudretro --role=room`, which warms up and waits. Throws Failure.
    RoomProcess();

    int pid() const { return child_.pid(); }

    // From now on it is this room's.
    void claim(const std::string& room) { room_ = room; }
    // Gives the process its game; `order` is complete.
    void open(const protocol::OpenRoom& order);
    void send(std::string_view message) { socket_.send(message); }

    // Asks the game to end; who does not within the grace time is killed.
    void close();

    // What the room says, and as it came; never RoomClosed, which is its last word.
    std::function<void(const protocol::FromRoom&, std::string_view)> onMessage;
    struct End {
        std::optional<protocol::Trouble> lastWord; // of RoomClosed
        base::Exit exit;
    };
    // The process is gone, and all that it said was told: the last call, and it may destroy this object.
    std::function<void(const End&)> onGone;

private:
    void receive(std::string_view message);
    void endSoon();
    void goneWhenAllIsRead();

    std::string room_; // empty: a warm spare
    bool opened_ = false, closing_ = false;
    std::optional<protocol::Trouble> lastWord_;
    std::optional<base::Exit> exit_;
    bool socketClosed_ = false;
    base::SocketPair ends_ = base::makeSocketPair();
    base::MessageSocket socket_{std::move(ends_.ours)};
    base::Child child_;
    base::Watch grace_;
};

}
