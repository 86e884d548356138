#pragma once
// What is asked over HTTP and what is answered: plain values, without sockets.
#include "base/glib.hpp"
#include "cloudretro/protocol.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cloudretro::coordinator {

struct HttpRequest {
    struct AnyCase {
        bool operator()(const std::string& a, const std::string& b) const;
    };

    std::string method = "GET";
    std::string path;  // decoded
    std::string query; // as it came, without the question mark
    std::string body;
    std::string peer; // the address of the other end of the connection: a proxy's, when there is one
    std::map<std::string, std::string, AnyCase> headers{}; // one that came twice: both, with ", " between

    const std::string& header(const std::string& name) const; // empty: there is none
    // A field of the query, decoded; nullopt: there is none, or the query is not well-formed.
    std::optional<std::string> parameter(const std::string& name) const;
};

struct HttpAnswer {
    int status = 200;
    std::string type = "text/plain; charset=utf-8";
    base::Ref<GBytes> body;
    std::string etag; // empty: never to be cached; else the client asks again and may hear 304
    std::vector<std::pair<std::string, std::string>> headers{}; // further ones
};

// Answers a request: to be called once, at once or later. Nothing happens when the client is gone.
using HttpReply = std::function<void(const HttpAnswer&)>;

// What POST may bring: so many bytes, none at all where it is not allowed, or a refusal.
struct BodyRule {
    std::size_t most = 0;
    std::optional<HttpAnswer> refusal{};
};

HttpAnswer textAnswer(int status, const std::string& type, const std::string& text);
HttpAnswer jsonAnswer(int status, const std::string& text);
HttpAnswer troubleAnswer(int status, const protocol::Trouble& trouble); // as JSON

// The file as it lies on the disk, of any size: it is mapped, not read, and sent from there. nullopt: cannot
// be opened, or is empty. Whoever shortens the file meanwhile only breaks the transfer off.
std::optional<HttpAnswer> fileAnswer(
    const std::string& path, const std::string& type, const std::string& etag);

// Which part of `size` bytes a Range header asks for. Pure.
struct Slice {
    enum class Kind {
        Whole,
        Part,
        Outside
    } kind = Kind::Whole;              // Whole: also several parts, or not understood
    std::size_t first = 0, length = 0; // of a Part
};
Slice sliceOf(std::string_view range, std::size_t size);

// The page of this origin is served by the host that the request is for. A TLS proxy in front changes the
// scheme, so that is not compared. Pure.
bool isSameOrigin(const std::string& origin, const std::string& host);

// The path is this folder, or below it. Pure.
bool isWithin(std::string_view path, std::string_view folder);

// From a program on this machine, with no proxy in between.
bool isLocal(const HttpRequest& request);

// Browsers always name their origin; programs do not have to, on this machine. 0 or 403.
int refuseStrangers(const HttpRequest& request);

// Who asks, for counting: an IPv4 address, or the /64 network of an IPv6 address, since one person has all of
// it. A proxy on this machine is believed when it names its client.
std::string networkOf(const HttpRequest& request);

// A form of another site cannot send this type without being asked first (CORS).
bool isJson(const HttpRequest& request);

}
