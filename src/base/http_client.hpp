#pragma once
// Requests to other HTTP servers, with libcurl on the loop: nothing waits. Lives on the loop.
#include "base/loop.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cloudretro::base {

// Signs a request as Amazon's services want it (version 4). The header x-amz-content-sha256 is the caller's
// to give, and so is the order of the query: sorted by name, each name with a value.
struct AwsSigning {
    std::string region, service, key, secret;
};

struct HttpRequest {
    std::string method = "GET", url;
    std::vector<std::string> headers;        // "Name: value"
    std::shared_ptr<const std::string> body; // may be none
    AwsSigning signing;                      // unless its key is empty
    std::size_t maxReplyBytes = 1 << 20;     // a longer body makes it fail
    std::chrono::milliseconds connectTimeout{5000};
    std::chrono::milliseconds stallTimeout{10000}; // without a kilobyte a second: rounded to seconds
    std::chrono::milliseconds timeout{60000};      // for all of it
};

struct HttpReply {
    int status = 0;    // 0: no reply came, or it broke off
    std::string error; // then: why, for people
    std::string body;
    std::map<std::string, std::string> headers; // names in lower case
};

// Seconds since 1970 of a date as HTTP writes it; nullopt: it is none.
std::optional<std::int64_t> httpTime(const std::string& text);

class HttpClient {
public:
    HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    ~HttpClient(); // what is under way ends unanswered

    // `done` is called once, never from within send(), and may destroy this object.
    void send(HttpRequest request, std::function<void(HttpReply)> done);

private:
    struct Transfers;
    std::shared_ptr<Transfers> transfers_;
};

}
