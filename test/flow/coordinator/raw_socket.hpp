#pragma once
// A WebSocket client that writes what frames it likes.
#include "base/glib.hpp"

#include <string>
#include <string_view>

namespace cloudretro::test {

// Blocks. A server that neither reads nor answers for 30 s fails the test.
class RawSocket {
public:
    // Connects to /ws, and has been let in.
    explicit RawSocket(int port);

    // A frame whose first byte (end, opcode) is as given; at most 64 KiB. False: the connection is closed.
    bool write(unsigned char first, std::string_view payload);
    std::string read(); // what there is, frames as they come; empty: the connection is closed

private:
    base::Ref<GSocketConnection> connection_;
};

}
