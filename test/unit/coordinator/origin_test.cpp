#include "coordinator/http.hpp"

#include <catch2/catch.hpp>

using cloudretro::coordinator::isSameOrigin;

TEST_CASE("an origin is ours when it is the host that was asked for") {
    const auto [origin, host] = GENERATE(table<const char*, const char*>({
        {"http://localhost:8000", "localhost:8000"},
        {"http://192.168.1.2:8000", "192.168.1.2:8000"},
        {"http://[::1]:8000", "[::1]:8000"},
        {"http://Example.org", "example.org"},
        {"http://example.org", "example.org:80"},
        {"http://example.org:80", "example.org"},
        {"https://example.org", "example.org"}, // a TLS proxy in front
        {"https://example.org", "example.org:443"},
    }));
    CAPTURE(origin, host);
    CHECK(isSameOrigin(origin, host));
}

TEST_CASE("any other origin is a stranger") {
    const auto [origin, host] = GENERATE(table<const char*, const char*>({
        {"http://evil.example", "localhost:8000"},
        {"http://localhost:8001", "localhost:8000"},
        {"http://localhost", "localhost:8000"},
        {"http://localhost:8000.evil.example", "localhost:8000"},
        {"http://example.org", "example.org:443"},
        {"null", "null"},
        {"", ""},
        {"http://", ""},
        {"file://", ""},
        {"ftp://example.org", "example.org"},
    }));
    CAPTURE(origin, host);
    CHECK_FALSE(isSameOrigin(origin, host));
}
