#pragma once
// One WebSocket of libsoup: text messages of at most maxMessageBytes, and a peer that must show signs of
// life.
#include "base/glib.hpp"
#include "base/loop.hpp"

#include <libsoup/soup.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::base {

// Why we closed, as the RFC numbers it.
enum class CloseCode { Normal = 1000, GoingAway = 1001, Violation = 1008 };

// Lives on the loop. Destroying it closes the connection in good order: what was sent still goes out.
class WebSocket {
public:
    // The peer is pinged, and given up when nothing comes from it for `patience`.
    WebSocket(Ref<SoupWebsocketConnection> connection, std::chrono::milliseconds patience);
    WebSocket(WebSocket&&) = delete;
    ~WebSocket();

    void send(const std::string& text); // nothing happens when it is closing
    void close(CloseCode code, const char* reason);
    std::string closeReason() const;   // what the other end said when it closed
    std::string remoteAddress() const; // without port; empty: not known, or it is this machine's loopback

    // A binary message is an offence that closes the socket. `onClosed` comes once, and is the last call;
    // either may destroy this object.
    std::function<void(std::string_view)> onText;
    std::function<void()> onClosed;

private:
    void receive(int kind, GBytes* message);
    void checkLife();
    void ended();

    Ref<SoupWebsocketConnection> connection_;
    std::chrono::milliseconds patience_;
    std::chrono::steady_clock::time_point heard_ = std::chrono::steady_clock::now();
    std::vector<Connection> signals_;
    Watch life_;
};

}
