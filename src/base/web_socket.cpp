#include "base/web_socket.hpp"

#include "base/json.hpp"

#include <algorithm>

namespace cloudretro::base {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

WebSocket::WebSocket(Ref<SoupWebsocketConnection> connection, std::chrono::milliseconds patience)
    : connection_(std::move(connection)),
      patience_(patience) {
    auto* socket = connection_.get();
    soup_websocket_connection_set_max_incoming_payload_size(socket, maxMessageBytes);
    const auto third = std::max<std::chrono::milliseconds>(patience / 3, 1s);
    soup_websocket_connection_set_keepalive_interval(socket, guint(third / 1s));
    signals_.push_back(
        connect<int, GBytes*>(socket, "message", [this](int kind, GBytes* m) { receive(kind, m); }));
    signals_.push_back(connect<GBytes*>(socket, "pong", [this](GBytes*) { heard_ = Clock::now(); }));
    signals_.push_back(connect<>(socket, "closed", [this] { ended(); }));
    life_ = Loop::every(third, [this] { checkLife(); });
}

// libsoup drops an unfinished close with the last reference: that one is held until "closed".
WebSocket::~WebSocket() {
    signals_.clear();
    close(CloseCode::GoingAway, "");
    if (soup_websocket_connection_get_state(connection_.get()) == SOUP_WEBSOCKET_STATE_CLOSED) return;
    g_signal_connect(connection_.get(), "closed", G_CALLBACK(g_object_unref), nullptr);
    [[maybe_unused]] auto* kept = Ref(connection_).release();
}

void WebSocket::send(const std::string& text) {
    if (soup_websocket_connection_get_state(connection_.get()) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_send_text(connection_.get(), text.c_str());
}

void WebSocket::close(CloseCode code, const char* reason) {
    if (soup_websocket_connection_get_state(connection_.get()) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close(connection_.get(), gushort(code), reason);
}

// libsoup wraps the socket, in a class that it keeps to itself.
std::string WebSocket::remoteAddress() const {
    auto stream = Ref<GIOStream>::share(soup_websocket_connection_get_io_stream(connection_.get()));
    if (g_object_class_find_property(G_OBJECT_GET_CLASS(stream.get()), "base-iostream")) {
        GIOStream* inner = nullptr;
        g_object_get(stream.get(), "base-iostream", &inner, nullptr);
        stream = Ref<GIOStream>::adopt(inner);
    }
    if (!G_IS_SOCKET_CONNECTION(stream.get())) return {};
    const auto remote = Ref<GSocketAddress>::adopt(
        g_socket_connection_get_remote_address(G_SOCKET_CONNECTION(stream.get()), nullptr));
    if (!G_IS_INET_SOCKET_ADDRESS(remote.get())) return {};
    auto* address = g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(remote.get()));
    if (g_inet_address_get_is_loopback(address)) return {};
    return Chars(g_inet_address_to_string(address)).get();
}

std::string WebSocket::closeReason() const {
    const char* reason = soup_websocket_connection_get_close_data(connection_.get());
    return reason ? reason : "";
}

void WebSocket::receive(int kind, GBytes* message) {
    heard_ = Clock::now();
    if (kind != SOUP_WEBSOCKET_DATA_TEXT) return close(CloseCode::Violation, "only text");
    gsize size = 0;
    const auto* text = static_cast<const char*>(g_bytes_get_data(message, &size));
    if (auto handler = onText) handler({text, size});
}

// A peer that went silent answers no closing handshake either: it is gone for us now.
void WebSocket::checkLife() {
    if (Clock::now() - heard_ < patience_) return;
    close(CloseCode::GoingAway, "silent");
    ended();
}

void WebSocket::ended() {
    life_ = {};
    signals_.clear();
    if (auto handler = std::exchange(onClosed, nullptr)) handler();
}

}
