#pragma once
// The HTTP server: answers requests, and hands over WebSockets.
#include "base/glib.hpp"
#include "coordinator/http.hpp"

#include <libsoup/soup.h>

#include <functional>
#include <map>
#include <string>

namespace cloudretro::coordinator {

// Lives on the loop. GET and HEAD, and POST with a small body where it is wanted; every answer carries the
// security headers, and any part of a body can be asked for (Range).
class HttpServer {
public:
    using Open = std::function<void(base::Ref<SoupWebsocketConnection>)>;
    // A WebSocket's path. `admit` gives 0, or the HTTP status by which this request is turned away.
    struct SocketPath {
        std::function<int(const HttpRequest&)> admit;
        Open open;
    };

    static constexpr std::size_t maxBodyBytes = 64 * 1024;

    // Listens at once. Throws Failure "port-in-use" or "cannot-listen".
    HttpServer(const std::string& host, int port);

    int port() const;

    std::function<HttpAnswer(const HttpRequest&)> onRequest;
    // Whether POST is allowed on this path; asked before a body is read. Unset: nowhere.
    std::function<bool(const std::string& path)> takesPost;
    void serveSockets(const std::string& path, SocketPath handlers);

private:
    static void early(SoupServer*, SoupServerMessage*, const char*, GHashTable*, gpointer self);
    static void answer(SoupServer*, SoupServerMessage*, const char*, GHashTable*, gpointer self);
    static void admit(SoupServer*, SoupServerMessage*, const char*, GHashTable*, gpointer self);
    static void open(SoupServer*, SoupServerMessage*, const char*, SoupWebsocketConnection*, gpointer self);

    std::map<std::string, SocketPath> sockets_;
    base::Ref<SoupServer> server_;
};

}
