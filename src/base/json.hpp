#pragma once
// JSON ↔ the structs of protocol.hpp, driven by their `fields`.
#include "cloudretro/protocol.hpp"

#include <nlohmann/json.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace cloudretro::base {

using Json = nlohmann::json;

// A longer message is refused unread: an SDP of a hostile size should cost nothing.
inline constexpr std::size_t maxMessageBytes = 64 << 10;

namespace detail {

template <class T> Json encodeValue(const T& value);

template <class T> Json encodeFields(const T& value) {
    Json object = Json::object();
    T::fields(value, [&](const char* name, const auto& field) { object[name] = encodeValue(field); });
    return object;
}

template <class T> Json encodeValue(const T& value) {
    if constexpr (requires { T::fields(value, [](auto&&...) {}); })
        return encodeFields(value);
    else if constexpr (requires { typename T::value_type; } && !std::same_as<T, std::string>) {
        Json array = Json::array();
        for (const auto& item : value) array.push_back(encodeValue(item));
        return array;
    } else
        return value;
}

// Each returns false, leaving `into` unspecified, when the value is of the wrong kind or out of range.
inline bool decodeValue(const Json& json, std::string& into) {
    if (!json.is_string()) return false;
    into = json.get<std::string>();
    return true;
}
inline bool decodeValue(const Json& json, bool& into) {
    if (!json.is_boolean()) return false;
    into = json.get<bool>();
    return true;
}
inline bool decodeValue(const Json& json, double& into) {
    if (!json.is_number()) return false;
    into = json.get<double>();
    return true;
}
inline bool decodeValue(const Json& json, int& into) {
    if (!json.is_number_integer()) return false;
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > std::numeric_limits<int>::max())
        return false;
    const auto wide = json.get<std::int64_t>();
    if (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max()) return false;
    into = int(wide);
    return true;
}
template <class T> bool decodeValue(const Json& json, std::vector<T>& into);
template <class T>
requires requires(T& v) {
    T::fields(v, [](auto&&...) {});
}
bool decodeValue(const Json& json, T& into) {
    if (!json.is_object()) return false;
    bool good = true;
    T::fields(into, [&](const char* name, auto& field) {
        if (auto it = json.find(name); it != json.end()) good = good && decodeValue(*it, field);
    });
    return good;
}
template <class T> bool decodeValue(const Json& json, std::vector<T>& into) {
    if (!json.is_array()) return false;
    into.clear();
    for (const auto& item : json)
        if (!decodeValue(item, into.emplace_back())) return false;
    return true;
}

template <class Variant, std::size_t I = 0>
std::optional<Variant> decodeAs(const std::string& type, const Json& json) {
    if constexpr (I < std::variant_size_v<Variant>) {
        using Message = std::variant_alternative_t<I, Variant>;
        if (type != Message::type) return decodeAs<Variant, I + 1>(type, json);
        Message message;
        if (!decodeValue(json, message)) return std::nullopt;
        return Variant(std::move(message));
    } else
        return std::nullopt;
}

}

// Text without its own parse errors: nullopt for anything that is not JSON or longer than maxMessageBytes.
std::optional<Json> parseJson(std::string_view text);

// Invalid UTF-8 (a file name) is replaced, never thrown.
std::string dumpJson(const Json& json);

// One message as text: {"type": …, fields…}.
template <class Message> std::string encode(const Message& message) {
    Json json = detail::encodeFields(message);
    json["type"] = Message::type;
    return dumpJson(json);
}

// A struct without a type of its own, such as protocol::Game.
template <class Part> Json encodePart(const Part& part) { return detail::encodeFields(part); }

// Any message of `Variant`, or nullopt: not JSON, of no known type, or with a field of the wrong kind.
// Unknown fields are ignored, so that versions can differ.
template <class Variant> std::optional<Variant> decode(std::string_view text) {
    const auto json = parseJson(text);
    if (!json || !json->is_object()) return std::nullopt;
    const auto type = json->find("type");
    if (type == json->end() || !type->is_string()) return std::nullopt;
    return detail::decodeAs<Variant>(type->template get<std::string>(), *json);
}

// Compiled once, in json.cpp: each takes the compiler seconds.
extern template std::optional<protocol::FromBrowser> decode<protocol::FromBrowser>(std::string_view);
extern template std::optional<protocol::ToBrowser> decode<protocol::ToBrowser>(std::string_view);
extern template std::optional<protocol::FromWorker> decode<protocol::FromWorker>(std::string_view);
extern template std::optional<protocol::ToWorker> decode<protocol::ToWorker>(std::string_view);
extern template std::optional<protocol::FromRoom> decode<protocol::FromRoom>(std::string_view);
extern template std::optional<protocol::ToRoom> decode<protocol::ToRoom>(std::string_view);
extern template std::optional<protocol::FromEmulator> decode<protocol::FromEmulator>(std::string_view);
extern template std::optional<protocol::ToEmulator> decode<protocol::ToEmulator>(std::string_view);

// Whichever message it is, as text.
std::string encodeAny(const protocol::ToBrowser& message);
std::string encodeAny(const protocol::ToWorker& message);

// A struct without a type of its own; nullopt: not JSON, or with a field of the wrong kind.
template <class Part> std::optional<Part> decodePart(std::string_view text) {
    const auto json = parseJson(text);
    Part part;
    if (!json || !detail::decodeValue(*json, part)) return std::nullopt;
    return part;
}

template <class... Fs> struct overloaded : Fs... { using Fs::operator()...; };
template <class... Fs> overloaded(Fs...) -> overloaded<Fs...>; // clang 14 needs it

}
