#pragma once
// One connected browser: its socket, what it may do when, and how fast.
#include "base/rate_limit.hpp"
#include "base/web_socket.hpp"
#include "cloudretro/protocol.hpp"
#include "coordinator/room.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::coordinator {

// Lives on the loop. Says Hello within ten seconds, then anything else; whoever breaks a rule is told so and
// disconnected.
class Browser {
public:
    // `welcome` answers its Hello.
    Browser(base::Ref<SoupWebsocketConnection> connection, BrowserId id, protocol::Welcome welcome);

    void send(const protocol::ToBrowser& message);
    // Who sits there; what they said of themselves, but for the id of the connection.
    const Visitor& visitor() const { return visitor_; }

    std::function<void()> onReady;                        // once: it was welcomed
    std::function<void(protocol::FromBrowser)> onMessage; // never Hello
    std::function<void()> onGone;                         // once, the last call; may destroy this object

private:
    enum class State { Greeting, Welcome, Leaving };

    void receive(std::string_view text);
    void greet(const protocol::Hello& hello);
    void reject(const protocol::Trouble& trouble);

    base::WebSocket socket_;
    State state_ = State::Greeting;
    const protocol::Welcome welcome_;
    Visitor visitor_;
    base::RateLimit rate_{200, 400};
    base::Watch deadline_;
};

}
