#pragma once
// The password that guards the whole server, and the cookie of those who gave it. Pure: the time is given.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cloudretro::coordinator {

// A secret compared in a time that tells nothing of it, not even its length.
class Token {
public:
    explicit Token(const std::string& text);
    bool is(std::string_view given) const;

private:
    std::string key_, digest_;
};

class Access {
public:
    using Time = std::chrono::system_clock::time_point;
    static constexpr std::chrono::hours cookieLife{30 * 24};

    Access() = default; // no password: everybody may enter
    // `secret` signs the cookies; with another password, or another secret, they are void.
    Access(const std::string& password, const std::string& secret);

    // `cookies`: the request's header as it came.
    bool admits(std::string_view cookies, Time now) const;
    bool isPassword(std::string_view given) const;
    std::string cookie(bool secure, Time now) const; // the value of Set-Cookie

private:
    std::string sign(const std::string& expiry) const;

    std::string key_;
    std::optional<Token> password_;
};

// "Bearer <token>" of an Authorization header; empty: something else.
std::string_view bearerOf(std::string_view authorization);

}
