#include "coordinator/access.hpp"

#include "base/secret.hpp"

#include <algorithm>
#include <charconv>

namespace cloudretro::coordinator {
namespace {

constexpr std::string_view cookieName = "cloudretro";

// The value of the cookie of that name in "a=1; b=2"; empty: there is none.
std::string_view valueOf(std::string_view cookies, std::string_view name) {
    while (!cookies.empty()) {
        const auto end = std::min(cookies.find(';'), cookies.size());
        auto cookie = cookies.substr(0, end);
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
        cookie.remove_prefix(std::min(cookie.find_first_not_of(' '), cookie.size()));
        if (cookie.starts_with(name) && cookie.substr(name.size()).starts_with('='))
            return cookie.substr(name.size() + 1);
    }
    return {};
}

std::int64_t secondsOf(Access::Time time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

}

Access::Access(const std::string& password, const std::string& secret)
    : key_(base::hmac(secret, "cookies of " + password)),
      password_(password) {}

bool Access::admits(std::string_view cookies, Time now) const {
    if (!password_) return true;
    const auto value = valueOf(cookies, cookieName);
    const auto dot = value.find('.');
    if (dot == value.npos) return false;
    const auto expiry = value.substr(0, dot);
    if (!base::equalSecrets(value.substr(dot + 1), sign(std::string(expiry)))) return false;
    std::int64_t until = 0; // ours, since we signed it
    std::from_chars(expiry.data(), expiry.data() + expiry.size(), until);
    return secondsOf(now) < until;
}

bool Access::isPassword(std::string_view given) const { return password_ && password_->is(given); }

std::string Access::cookie(bool secure, Time now) const {
    const auto expiry = std::to_string(secondsOf(now + cookieLife));
    return std::string(cookieName) + "=" + expiry + "." + sign(expiry) +
           "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" +
           std::to_string(std::chrono::seconds(cookieLife).count()) + (secure ? "; Secure" : "");
}

std::string Access::sign(const std::string& expiry) const { return base::hmac(key_, "until " + expiry); }

Token::Token(const std::string& text) : key_(base::randomId(32)), digest_(base::hmac(key_, text)) {}

bool Token::is(std::string_view given) const { return base::equalSecrets(base::hmac(key_, given), digest_); }

std::string_view bearerOf(std::string_view authorization) {
    constexpr std::string_view scheme = "Bearer ";
    return authorization.starts_with(scheme) ? authorization.substr(scheme.size()) : std::string_view();
}

}
