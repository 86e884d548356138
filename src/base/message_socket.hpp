#pragma once
// One end of a SOCK_SEQPACKET pair between a process and its child: one JSON message a packet.
#include "base/fd.hpp"
#include "base/loop.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace cloudretro::base {

// Two connected ends; both close on exec unless handed to a child.
struct SocketPair {
    Fd ours, theirs;
};
SocketPair makeSocketPair(); // throws Failure

// Sends without waiting. False when the other end is gone or does not read (its queue is full).
bool sendPacket(int fd, std::string_view message);

// One packet, without waiting: Closed when the other end is gone, or a packet is over maxMessageBytes.
enum class Receive { Got, Nothing, Closed };
Receive receivePacket(int fd, std::string& into);

// Lives on the loop.
class MessageSocket {
public:
    explicit MessageSocket(Fd end);

    bool send(std::string_view message) { return sendPacket(fd_.get(), message); }

    // `onClosed` comes once, and is the last call; either may destroy this object.
    std::function<void(std::string_view)> onMessage;
    std::function<void()> onClosed;

private:
    void receive();

    Fd fd_;
    Watch readable_;
};

}
