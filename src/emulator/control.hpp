#pragma once
// The emulator's end of the control socket, and its only place to sleep.
#include "base/fd.hpp"
#include "base/json.hpp"
#include "base/message_socket.hpp"
#include "emulator/pacer.hpp"

#include <optional>
#include <string>

namespace cloudretro::emulator {

Nanoseconds now();

class Control {
public:
    explicit Control(base::Fd end) : fd_(std::move(end)) {}

    // Sleeps until a message comes or the time `until` is there, and returns the message or nothing. Without
    // `until`: only for a message. Ends the process when the room is gone: nobody is left to be told.
    std::optional<protocol::ToEmulator> wait(std::optional<Nanoseconds> until);

    // A room that does not read loses messages.
    template <class Message> void send(const Message& message) const {
        base::sendPacket(fd_.get(), base::encode(message));
    }

private:
    bool sleep(std::optional<Nanoseconds> until) const; // true: something to receive

    base::Fd fd_;
};

}
