#pragma once
// One connected browser: its socket, what it may do when, and how fast.
#include "base/web_socket.hpp"
#include "cloudretro/protocol.hpp"
#include "coordinator/rate_limit.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::coordinator {

// Lives on the loop. Says Hello within ten seconds, then anything else; whoever breaks a rule is told so and
// disconnected.
class Browser {
public:
    Browser(base::Ref<SoupWebsocketConnection> connection, std::vector<protocol::IceServer> iceServers);

    void send(const protocol::ToBrowser& message);
    const std::vector<std::string>& codecs() const { return codecs_; }

    std::function<void(protocol::FromBrowser)> onMessage; // never Hello
    std::function<void()> onGone;                         // once, the last call; may destroy this object

private:
    enum class State { Greeting, Welcome, Leaving };

    void receive(std::string_view text);
    void greet(const protocol::Hello& hello);
    void reject(const protocol::Trouble& trouble);

    base::WebSocket socket_;
    State state_ = State::Greeting;
    std::vector<protocol::IceServer> iceServers_;
    std::vector<std::string> codecs_;
    RateLimit rate_{200, 400};
    base::Watch deadline_;
};

}
