#pragma once
// The HTTP server: answers requests, and hands over WebSockets.
#include "base/web_socket_accept.hpp"
#include "coordinator/connections.hpp"
#include "coordinator/http.hpp"

#include <libsoup/soup.h>

#include <functional>
#include <map>
#include <string>

namespace cloudretro::coordinator {

// Lives on the loop. GET and HEAD, and POST where it is wanted; every answer carries the security headers,
// and any part of a body can be asked for (Range).
class HttpServer {
public:
    // A WebSocket's path. `admit` gives 0, or the HTTP status by which this request is turned away.
    struct SocketPath {
        std::function<int(const HttpRequest&)> admit;
        base::OpenSocket open;
    };

    static constexpr std::size_t smallBody = std::size_t{64} * 1024; // for most orders

    // Listens at once. Throws Failure "port-in-use" or "cannot-listen".
    HttpServer(const std::string& host, int port, Connections::Limits limits = {});

    int port() const;
    std::size_t connections() { return connections_.count(); }

    std::function<void(const HttpRequest&, const HttpReply& reply)> onRequest;
    // Asked before the body of a POST is read, so that a refused one costs nothing. Unset: it is allowed
    // nowhere.
    std::function<BodyRule(const HttpRequest&)> admitsPost;
    void serveSockets(const std::string& path, SocketPath handlers);

private:
    static void early(SoupServer*, SoupServerMessage*, const char*, GHashTable*, gpointer self);
    static void answer(SoupServer*, SoupServerMessage*, const char*, GHashTable*, gpointer self);
    static void admit(SoupServer*, SoupServerMessage*, const char*, GHashTable*, gpointer self);

    std::map<std::string, SocketPath> sockets_;
    base::Ref<SoupServer> server_;
    Connections connections_;
};

}
