#pragma once
// The server's end of a WebSocket's handshake.
#include "base/glib.hpp"

#include <libsoup/soup.h>

#include <chrono>
#include <functional>

namespace cloudretro::base {

using OpenSocket = std::function<void(Ref<SoupWebsocketConnection>)>;

// Lives on the loop. Answers the handshake `request`: with an error, or by calling `open` once the client has
// been let in. No client can make this connection hold much: it is closed at a message of many frames that
// has more than maxMessageBytes, at too many frames a second that are no message, at the first frame that
// breaks the protocol, and when the client reads nothing for `patience`.
void acceptWebSocket(SoupServerMessage* request, OpenSocket open,
    std::chrono::milliseconds patience = std::chrono::seconds(30));

}
