#include "base/ice_server.hpp"

#include "base/failure.hpp"

#include <algorithm>

namespace cloudretro::base {

protocol::IceServer parseIceServer(std::string_view text) {
    const auto colon = text.find(':');
    const auto scheme = text.substr(0, colon);
    if (colon == text.npos ||
        !(scheme == "stun" || scheme == "stuns" || scheme == "turn" || scheme == "turns"))
        throw Failure("config",
            "The ICE server \"" + std::string(text) + "\" is not an address of a STUN or TURN server.",
            "Write it as stun:host:port or turn:user:password@host:port.");
    auto rest = text.substr(colon + 1);
    if (rest.starts_with("//")) rest.remove_prefix(2);
    protocol::IceServer server;
    if (const auto at = rest.rfind('@'); at != rest.npos) {
        const auto person = rest.substr(0, at);
        const auto middle = std::min(person.find(':'), person.size());
        server.username = person.substr(0, middle);
        if (middle < person.size()) server.credential = person.substr(middle + 1);
        rest.remove_prefix(at + 1);
    }
    if (rest.empty())
        throw Failure("config", "The ICE server \"" + std::string(text) + "\" names no host.",
            "Write it as stun:host:port.");
    server.urls = {std::string(scheme) + ":" + std::string(rest)};
    return server;
}

}
