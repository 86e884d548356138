#pragma once
// The worker's WebSocket to its coordinator; comes back by itself.
#include "base/backoff.hpp"
#include "base/web_socket.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace cloudretro::worker {

// The address of the worker links for what people write: ws://host:8000 means its /worker. Throws Failure
// "config" when it is no URL of a WebSocket. Pure.
std::string workerUrl(const std::string& text);

// "wss://host/worker" ▶ "https://host/worker", for a URL that workerUrl() gave. Pure.
std::string httpAddress(const std::string& workerUrl);

// Lives on the loop.
class CoordinatorLink {
public:
    // Connects at once, and again whenever the link is lost. Throws Failure "config" when `url` is none.
    explicit CoordinatorLink(const std::string& url);
    CoordinatorLink(const CoordinatorLink&) = delete;
    ~CoordinatorLink();

    void send(const std::string& message); // lost when there is no link

    std::function<void()> onConnected;
    std::function<void(std::string_view)> onMessage;
    std::function<void()> onLost; // after a connection, not after a failed attempt

private:
    void connect();
    static void connected(GObject* session, GAsyncResult* result, gpointer self);
    void use(base::Ref<SoupWebsocketConnection> connection);
    void retry();

    std::string url_;
    base::Ref<SoupSession> session_;
    base::Ref<GCancellable> connecting_;
    base::Backoff backoff_;
    std::unique_ptr<base::WebSocket> socket_;
    base::Watch again_;
};

}
