#include "base/json.hpp"

namespace cloudretro::base {
namespace {

constexpr int maxDepth = 16; // our messages need 4; deep nesting would only burn stack

// True when no bracket nests deeper than maxDepth; strings are skipped.
bool isShallow(std::string_view text) {
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"')
            inString = true;
        else if (c == '{' || c == '[') {
            if (++depth > maxDepth) return false;
        } else if (c == '}' || c == ']')
            --depth;
    }
    return true;
}

}

std::optional<Json> parseJson(std::string_view text) {
    if (text.size() > maxMessageBytes || !isShallow(text)) return std::nullopt;
    auto json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return std::nullopt;
    return json;
}

std::string dumpJson(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

template std::optional<protocol::FromBrowser> decode<protocol::FromBrowser>(std::string_view);
template std::optional<protocol::ToBrowser> decode<protocol::ToBrowser>(std::string_view);
template std::optional<protocol::FromWorker> decode<protocol::FromWorker>(std::string_view);
template std::optional<protocol::ToWorker> decode<protocol::ToWorker>(std::string_view);
template std::optional<protocol::FromRoom> decode<protocol::FromRoom>(std::string_view);
template std::optional<protocol::ToRoom> decode<protocol::ToRoom>(std::string_view);
template std::optional<protocol::FromEmulator> decode<protocol::FromEmulator>(std::string_view);
template std::optional<protocol::ToEmulator> decode<protocol::ToEmulator>(std::string_view);

std::string encodeAny(const protocol::ToBrowser& message) {
    return std::visit([](const auto& m) { return encode(m); }, message);
}

std::string encodeAny(const protocol::ToWorker& message) {
    return std::visit([](const auto& m) { return encode(m); }, message);
}

}
