#include "base/web_socket_accept.hpp"

#include "base/json.hpp"
#include "base/rate_limit.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <new>

namespace cloudretro::base {
namespace {

// libsoup bounds a frame, but not a message of many frames, and queues an answer to each ping. It shows every
// frame to its extensions: this one is never negotiated, it only counts.
struct FrameCounter {
    SoupWebsocketExtension parent;
    std::size_t unfinished; // bytes of the message that is not complete yet
    RateLimit others;       // pings, pongs and fragments
};

bool isTooMuch(FrameCounter& counter, guint8 first, std::size_t bytes) {
    const bool isControl = first & 0x08, endsMessage = !isControl && (first & 0x80);
    if (!isControl) counter.unfinished += bytes;
    if (counter.unfinished > maxMessageBytes) return true;
    if (endsMessage) counter.unfinished = 0;
    return !endsMessage && !counter.others.allow(std::chrono::steady_clock::now());
}

GBytes* count(SoupWebsocketExtension* self, guint8* header, GBytes* payload, GError** error) noexcept {
    if (!isTooMuch(*reinterpret_cast<FrameCounter*>(self), header[0], g_bytes_get_size(payload)))
        return payload;
    g_bytes_unref(payload);
    g_set_error_literal(error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "too much");
    return nullptr;
}

SoupWebsocketExtension* makeCounter() {
    static const GType type = g_type_register_static_simple(
        SOUP_TYPE_WEBSOCKET_EXTENSION, "CloudretroFrameCounter", sizeof(SoupWebsocketExtensionClass),
        [](gpointer it, gpointer) {
            static_cast<SoupWebsocketExtensionClass*>(it)->process_incoming_message = count;
        },
        sizeof(FrameCounter),
        [](GTypeInstance* it, gpointer) {
            new (&reinterpret_cast<FrameCounter*>(it)->others) RateLimit(50, 500);
        },
        GTypeFlags(0));
    return static_cast<SoupWebsocketExtension*>(g_object_new(type, nullptr));
}

// Else libsoup says goodbye first, and until that is read it keeps whatever comes.
void cutOff(GSocket* socket) { g_socket_shutdown(socket, TRUE, TRUE, nullptr); }

void upgrade(SoupServerMessage* request, gpointer open) noexcept {
    const auto kept = Ref<SoupServerMessage>::share(request); // else gone with its connection
    auto* socket = soup_server_message_get_socket(request);
    const auto stream = Ref<GIOStream>::adopt(soup_server_message_steal_connection(request));
    auto connection = Ref<SoupWebsocketConnection>::adopt(
        soup_websocket_connection_new(stream.get(), soup_server_message_get_uri(request),
            SOUP_WEBSOCKET_CONNECTION_SERVER, nullptr, nullptr, g_list_append(nullptr, makeCounter())));
    g_signal_connect_object(connection.get(), "error", G_CALLBACK(cutOff), socket, G_CONNECT_SWAPPED);
    (*static_cast<OpenSocket*>(open))(std::move(connection));
}

}

void acceptWebSocket(SoupServerMessage* request, OpenSocket open, std::chrono::milliseconds patience) {
    if (!soup_websocket_server_process_handshake(request, nullptr, nullptr, nullptr, nullptr)) return;
    g_socket_set_option(soup_server_message_get_socket(request), IPPROTO_TCP, TCP_USER_TIMEOUT,
        gint(patience.count()), nullptr);
    g_signal_connect_data(
        request, "wrote-informational", G_CALLBACK(upgrade), new OpenSocket(std::move(open)),
        [](gpointer it, GClosure*) { delete static_cast<OpenSocket*>(it); }, GConnectFlags(0));
}

}
