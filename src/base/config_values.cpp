#include "base/config.hpp"

#include "base/failure.hpp"

#include <algorithm>
#include <charconv>

// What a setting's text says.
namespace cloudretro::base {
namespace {

[[noreturn]] void failConfig(const std::string& message, const std::string& remedy) {
    throw Failure("config", message, remedy);
}

}

protocol::IceServer parseIceServer(std::string_view text) {
    const auto colon = text.find(':');
    const auto scheme = text.substr(0, colon);
    if (colon == text.npos ||
        !(scheme == "stun" || scheme == "stuns" || scheme == "turn" || scheme == "turns"))
        failConfig("The ICE server \"" + std::string(text) + "\" is not an address of a STUN or TURN server.",
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
        failConfig(
            "The ICE server \"" + std::string(text) + "\" names no host.", "Write it as stun:host:port.");
    server.urls = {std::string(scheme) + ":" + std::string(rest)};
    return server;
}

PortRange parsePortRange(std::string_view text) {
    PortRange range;
    const auto dash = std::min(text.find('-'), text.size());
    const auto read = [](std::string_view digits, int& into) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), into);
        return error == std::errc() && end == digits.data() + digits.size() && into > 0 && into < 65536;
    };
    if (dash == text.size() || !read(text.substr(0, dash), range.first) ||
        !read(text.substr(dash + 1), range.last) || range.first > range.last)
        failConfig("\"" + std::string(text) + "\" is not a range of ports.",
            "Write it as FIRST-LAST, like 50000-50100.");
    return range;
}

std::pair<std::string, int> parseRunAhead(std::string_view text) {
    const auto equals = std::min(text.rfind('='), text.size());
    const auto game = text.substr(0, equals);
    const auto frames = text.substr(std::min(equals + 1, text.size()));
    if (game.find('/') == game.npos || frames.size() != 1 || frames[0] < '0' || frames[0] > '3')
        failConfig("\"" + std::string(text) + "\" does not say how far a game runs ahead.",
            "Write it as SYSTEM/NAME=FRAMES, with at most 3 frames, like nes/flash=1.");
    return {std::string(game), frames[0] - '0'};
}

}
