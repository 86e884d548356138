#include "base/message_socket.hpp"

#include "base/failure.hpp"
#include "base/json.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace cloudretro::base {

SocketPair makeSocketPair() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
        throw Failure("no-socket",
            std::string("The system gave no socket pair: ") + std::strerror(errno) + ".",
            "Raise the limit of open files (ulimit -n).");
    return {Fd(ends[0]), Fd(ends[1])};
}

bool sendPacket(int fd, std::string_view message) {
    ssize_t sent = 0;
    do sent = ::send(fd, message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    while (sent < 0 && errno == EINTR);
    return sent == ssize_t(message.size());
}

Receive receivePacket(int fd, std::string& into) {
    into.resize(maxMessageBytes);
    iovec part{into.data(), into.size()};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    ssize_t got = 0;
    do got = ::recvmsg(fd, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return Receive::Nothing;
    if (got <= 0 || (header.msg_flags & MSG_TRUNC)) return Receive::Closed;
    into.resize(std::size_t(got));
    return Receive::Got;
}

MessageSocket::MessageSocket(Fd end)
    : fd_(std::move(end)),
      readable_(Loop::readable(fd_.get(), [this] { receive(); })) {}

// One packet a turn: the handler may destroy this object, and the loop comes back while there is more.
void MessageSocket::receive() {
    std::string message;
    switch (receivePacket(fd_.get(), message)) {
    case Receive::Nothing:
        return;
    case Receive::Got:
        if (auto handler = onMessage) handler(message);
        return;
    case Receive::Closed:
        readable_ = {};
        if (auto handler = onClosed) handler();
        return;
    }
}

}
