#include "../../temp_dir.hpp"
#include "coordinator/http.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using namespace coordinator;
using Kind = Slice::Kind;

TEST_CASE("a range is the part of the body that it says") {
    const auto [range, first, length] = GENERATE(table<const char*, std::size_t, std::size_t>({
        {"bytes=0-0", 0, 1},
        {"bytes=0-99", 0, 100},
        {"bytes=10-19", 10, 10},
        {"bytes=90-", 90, 10},
        {"bytes=90-1000", 90, 10},
        {"bytes=-1", 99, 1},
        {"bytes=-1000", 0, 100},
    }));
    CAPTURE(range);
    const auto slice = sliceOf(range, 100);
    CHECK(slice.kind == Kind::Part);
    CHECK(slice.first == first);
    CHECK(slice.length == length);
}

TEST_CASE("a range that is not understood means the whole, one behind the end means nothing") {
    for (const auto* range : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=1-2,4-5", "bytes=5-4",
             "bytes= 1-2", "items=1-2", "bytes=1-99999999999999999999999", "bytes=--1", "bytes=+1-2"}) {
        CAPTURE(range);
        CHECK(sliceOf(range, 100).kind == Kind::Whole);
    }
    CHECK(sliceOf("bytes=100-", 100).kind == Kind::Outside);
    CHECK(sliceOf("bytes=0-", 0).kind == Kind::Outside);
    CHECK(sliceOf("bytes=-0", 100).kind == Kind::Outside);
}

TEST_CASE("fields of a query are decoded") {
    HttpRequest request;
    request.query = "text=http%3A%2F%2Fa%20b%2Bc%3F%26+d&empty=";
    CHECK(request.parameter("text") == "http://a b+c?& d");
    CHECK(request.parameter("empty") == "");
    CHECK_FALSE(request.parameter("none"));
    for (const auto* broken : {"text=%", "text=%zz", "text=%00", "text=%ff", "text=1&x"}) {
        request.query = broken;
        CHECK_FALSE(request.parameter("text"));
    }
}

TEST_CASE("names of headers are the same in any case") {
    HttpRequest request;
    request.headers["X-Forwarded-For"] = "x";
    CHECK(request.header("x-forwarded-for") == "x");
    CHECK(request.header("none").empty());
}

TEST_CASE("only a program on this machine, without a proxy in between, is local") {
    HttpRequest request;
    for (const auto* peer : {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"}) {
        CAPTURE(peer);
        request.peer = peer;
        CHECK(isLocal(request));
        CHECK(refuseStrangers(request) == 0);
    }
    for (const auto* peer : {"", "192.168.1.2", "::2", "::ffff:10.0.0.1", "localhost"}) {
        CAPTURE(peer);
        request.peer = peer;
        CHECK_FALSE(isLocal(request));
        CHECK(refuseStrangers(request) == 403);
    }
    request.peer = "127.0.0.1";
    request.headers["x-forwarded-for"] = "127.0.0.1";
    CHECK_FALSE(isLocal(request));
    request.headers = {{"Forwarded", "for=127.0.0.1"}};
    CHECK_FALSE(isLocal(request));
}

TEST_CASE("attempts are counted by address, of IPv6 by network") {
    const auto of = [](const std::string& peer, const std::string& forwarded = "") {
        HttpRequest request;
        request.peer = peer;
        if (!forwarded.empty()) request.headers["X-Forwarded-For"] = forwarded;
        return networkOf(request);
    };
    CHECK(of("10.0.0.1") == of("10.0.0.1"));
    CHECK(of("10.0.0.1") != of("10.0.0.2"));
    CHECK(of("::ffff:10.0.0.1") == of("10.0.0.1"));
    CHECK(of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff::9"));
    CHECK(of("2001:db8:1:2::1") != of("2001:db8:1:3::1"));
    CHECK(of("") == of("nonsense"));
    // What a proxy here wrote counts, and only the last of it; what a stranger wrote does not.
    CHECK(of("127.0.0.1", "1.2.3.4, 10.0.0.1") == of("10.0.0.1"));
    CHECK(of("10.0.0.9", "10.0.0.1") == of("10.0.0.9"));
}

TEST_CASE("a file that is not there, or has nothing in it, is no answer") {
    const test::TempDir dir;
    CHECK_FALSE(fileAnswer((dir.path / "none").string(), "x/y", "\"1\""));
    CHECK_FALSE(fileAnswer(dir.write("empty", ""), "x/y", "\"1\""));
    CHECK_FALSE(fileAnswer(dir.path.string(), "x/y", "\"1\""));
    CHECK(fileAnswer(dir.write("full", "12345"), "x/y", "\"1\"")->etag == "\"1\"");
}
