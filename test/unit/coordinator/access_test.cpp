#include "coordinator/access.hpp"
#include "coordinator/attempts.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::coordinator;
using namespace std::chrono_literals;

namespace {

const Access::Time now{1'000'000h};
const std::string secret = "a secret of the server";

// What a browser sends back.
std::string cookieOf(const Access& access) {
    const auto set = access.cookie(false, now);
    return set.substr(0, set.find(';'));
}

}

TEST_CASE("without a password everybody may enter, and none is right") {
    CHECK(Access().admits("", now));
    CHECK_FALSE(Access().isPassword(""));
}

TEST_CASE("a password opens, and its cookie for thirty days") {
    const Access access("open sesame", secret);
    CHECK(access.isPassword("open sesame"));
    for (const auto* wrong : {"", "open", "open sesame ", "Open sesame", "open sesameopen sesame"})
        CHECK_FALSE(access.isPassword(wrong));

    const auto cookie = cookieOf(access);
    CHECK(access.admits(cookie, now));
    CHECK(access.admits("a=b; " + cookie + "; c=d", now));
    CHECK(access.admits(cookie, now + 30 * 24h - 1s));
    CHECK_FALSE(access.admits(cookie, now + 30 * 24h));
    CHECK(Access("open sesame", secret).admits(cookie, now)); // after a restart
}

TEST_CASE("cookies of another password or another server are void") {
    const auto cookie = cookieOf(Access("open sesame", secret));
    CHECK_FALSE(Access("open sesam", secret).admits(cookie, now));
    CHECK_FALSE(Access("open sesame", "another secret").admits(cookie, now));
}

TEST_CASE("a cookie that was changed anywhere is void") {
    const Access access("open sesame", secret);
    const auto cookie = cookieOf(access);
    for (std::size_t i = 0; i < cookie.size(); ++i) {
        auto changed = cookie;
        changed[i] = changed[i] == '1' ? '2' : '1';
        CAPTURE(changed);
        CHECK_FALSE(access.admits(changed, now));
        CHECK_FALSE(access.admits(cookie.substr(0, i), now));
    }
    for (const auto* nonsense : {"", "cloudretro", "cloudretro=", "cloudretro=.", "cloudretro=9999999999.",
             "x-cloudretro=1", ";;;", "=", "cloudretro=-1.0"})
        CHECK_FALSE(access.admits(nonsense, now));
}

TEST_CASE("no script can read the cookie, and no other site can send it") {
    const Access access("open sesame", secret);
    const auto plain = access.cookie(false, now), secure = access.cookie(true, now);
    for (const auto* part : {"; HttpOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=2592000"})
        CHECK_THAT(plain, Catch::Contains(part));
    CHECK_THAT(plain, !Catch::Contains("Secure"));
    CHECK_THAT(secure, Catch::EndsWith("; Secure"));
}

TEST_CASE("a token is only itself") {
    const Token token("0123456789abcdef0123456789abcdef");
    CHECK(token.is("0123456789abcdef0123456789abcdef"));
    CHECK_FALSE(token.is(""));
    CHECK_FALSE(token.is("0123456789abcdef0123456789abcdeF"));
    CHECK(bearerOf("Bearer abc") == "abc");
    CHECK(bearerOf("Basic abc").empty());
    CHECK(bearerOf("Bearer").empty());
}

TEST_CASE("wrong attempts are slowed down for one address, and for all together") {
    Attempts attempts({0.1, 3}, {1, 5});
    Attempts::Time time{1h};
    for (int i = 0; i < 3; ++i) {
        CHECK(attempts.wait("a", time) == 0s);
        attempts.spend("a", time);
    }
    CHECK(attempts.wait("a", time) == 10s);
    CHECK(attempts.wait("b", time) == 0s);
    attempts.spend("b", time);
    attempts.spend("c", time);
    CHECK(attempts.wait("d", time) == 1s); // five by all
    CHECK(attempts.wait("d", time + 1s) == 0s);
    CHECK(attempts.wait("a", time + 9s) == 1s);
    CHECK(attempts.wait("a", time + 10s) == 0s);
}

TEST_CASE("any number of addresses takes a bounded memory and keeps counting") {
    Attempts attempts({0.1, 1}, {1e9, 1e9});
    Attempts::Time time{1h};
    for (int i = 0; i < 100'000; ++i) attempts.spend(std::to_string(i), time += 1ms);
    CHECK(attempts.wait("99999", time) == 10s);
    CHECK(attempts.wait("0", time) == 0s);
}
