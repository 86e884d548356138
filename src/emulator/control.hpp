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

// Why a wait ended: neither, when its time came.
struct Woken {
    std::optional<protocol::ToEmulator> message;
    bool input = false;
};

class Control {
public:
    // `input` is the eventfd that the room raises when buttons changed.
    Control(base::Fd end, base::Fd input) : fd_(std::move(end)), input_(std::move(input)) {}

    // Sleeps until a message comes, the time `until` is there, or, `forInput`, the input has changed. Without
    // `until`: no time ends it. Ends the process when the room is gone: nobody is left to be told.
    Woken wait(std::optional<Nanoseconds> until, bool forInput);

    // A room that does not read loses messages.
    template <class Message> void send(const Message& message) const {
        base::sendPacket(fd_.get(), base::encode(message));
    }

private:
    enum class Event { Message, Input, Time };
    Event sleep(std::optional<Nanoseconds> until, bool forInput) const;
    std::optional<protocol::ToEmulator> receive();

    base::Fd fd_, input_;
};

}
