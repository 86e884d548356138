#pragma once
// The HTTP server: answers GET, and hands over WebSockets.
#include "base/web_socket_accept.hpp"

#include <functional>
#include <map>
#include <string>

namespace cloudretro::coordinator {

struct HttpAnswer {
    int status = 200;
    std::string type = "text/plain; charset=utf-8";
    base::Ref<GBytes> body;
    std::string etag; // empty: never to be cached; else the client asks again and may hear 304
};

HttpAnswer textAnswer(int status, const std::string& type, const std::string& text);

// Lives on the loop. Only GET and HEAD, no request bodies; every answer carries the security headers.
class HttpServer {
public:
    // A WebSocket's path. `admit` gives 0, or the HTTP status by which this request is turned away.
    struct SocketPath {
        std::function<int(SoupServerMessage*)> admit;
        base::OpenSocket open;
    };

    // Listens at once. Throws Failure "port-in-use" or "cannot-listen".
    HttpServer(const std::string& host, int port);

    int port() const;

    std::function<HttpAnswer(const std::string& path)> onGet; // `path` is decoded
    void serveSockets(const std::string& path, SocketPath handlers);

private:
    static void early(SoupServer*, SoupServerMessage*, const char*, GHashTable*, gpointer);
    static void get(SoupServer*, SoupServerMessage*, const char*, GHashTable*, gpointer self);
    static void admit(SoupServer*, SoupServerMessage*, const char*, GHashTable*, gpointer self);

    std::map<std::string, SocketPath> sockets_;
    base::Ref<SoupServer> server_;
};

// The page of this origin is served by the host that the request is for. A TLS proxy in front changes the
// scheme, so that is not compared. Pure.
bool isSameOrigin(const std::string& origin, const std::string& host);

// Browsers always name their origin; programs do not have to, on this machine. 0 or 403.
int refuseStrangers(SoupServerMessage* request);

}
