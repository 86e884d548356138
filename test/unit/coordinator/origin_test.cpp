#include "coordinator/http_server.hpp"

#include <catch2/catch.hpp>

using cloudretro::coordinator::isSameOrigin;

TEST_CASE("an origin is ours when it is the host that was asked for") {
    CHECK(isSameOrigin("http://localhost:8000", "localhost:8000"));
    CHECK(isSameOrigin("http://192.168.1.2:8000", "192.168.1.2:8000"));
    CHECK(isSameOrigin("http://[::1]:8000", "[::1]:8000"));
    CHECK(isSameOrigin("http://Example.org", "example.org"));
    CHECK(isSameOrigin("http://example.org", "example.org:80"));
    CHECK(isSameOrigin("http://example.org:80", "example.org"));
    CHECK(isSameOrigin("https://example.org", "example.org")); // a TLS proxy in front
    CHECK(isSameOrigin("https://example.org", "example.org:443"));
}

TEST_CASE("any other origin is a stranger") {
    CHECK_FALSE(isSameOrigin("http://evil.example", "localhost:8000"));
    CHECK_FALSE(isSameOrigin("http://localhost:8001", "localhost:8000"));
    CHECK_FALSE(isSameOrigin("http://localhost", "localhost:8000"));
    CHECK_FALSE(isSameOrigin("http://localhost:8000.evil.example", "localhost:8000"));
    CHECK_FALSE(isSameOrigin("http://example.org", "example.org:443"));
    CHECK_FALSE(isSameOrigin("null", "null"));
    CHECK_FALSE(isSameOrigin("", ""));
    CHECK_FALSE(isSameOrigin("http://", ""));
    CHECK_FALSE(isSameOrigin("file://", ""));
    CHECK_FALSE(isSameOrigin("ftp://example.org", "example.org"));
}
