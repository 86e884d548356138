// What a client does that reads nothing; the rest of it is with test/flow/coordinator/flood_test.cpp.
#include "base/web_socket.hpp"
#include "base/web_socket_accept.hpp"

#include <catch2/catch.hpp>

#include <memory>

using namespace cloudretro::base;
using namespace std::chrono_literals;

namespace {

// A server with one client, to which it has said more than the sockets between them hold.
class Deaf {
public:
    explicit Deaf(std::chrono::milliseconds patience) : patience_(patience) {
        soup_server_add_handler(server_.get(), nullptr, &Deaf::handle, this, nullptr);
        REQUIRE(soup_server_listen_local(server_.get(), 0, SOUP_SERVER_LISTEN_IPV4_ONLY, nullptr));
        const Owned<GSList, g_slist_free> listeners(soup_server_get_listeners(server_.get()));
        const auto address = Ref<GSocketAddress>::adopt(
            g_socket_get_local_address(static_cast<GSocket*>(listeners->data), nullptr));
        const auto client = Ref<GSocketClient>::adopt(g_socket_client_new());
        g_socket_client_set_enable_proxy(client.get(), FALSE); // looking for one makes folders in HOME
        client_ = Ref<GSocketConnection>::adopt(
            g_socket_client_connect(client.get(), G_SOCKET_CONNECTABLE(address.get()), nullptr, nullptr));
        REQUIRE(client_);
        write("GET / HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        run();
        REQUIRE(socket_);
        for (int i = 0; i < 256; ++i) socket_->send(std::string(maxBytes, 'x'));
    }

    void write(const std::string& bytes) {
        auto* out = g_io_stream_get_output_stream(G_IO_STREAM(client_.get()));
        REQUIRE(g_output_stream_write_all(out, bytes.data(), bytes.size(), nullptr, nullptr, nullptr));
    }
    bool isGivenUp() { return run() == 0; } // false: it is not within 20 s

private:
    static constexpr std::size_t maxBytes = 60000;

    static void handle(SoupServer*, SoupServerMessage* request, const char*, GHashTable*, gpointer self) {
        auto& deaf = *static_cast<Deaf*>(self);
        acceptWebSocket(
            request, [&deaf](Ref<SoupWebsocketConnection> c) { deaf.use(std::move(c)); }, deaf.patience_);
    }
    void use(Ref<SoupWebsocketConnection> connection) {
        socket_ = std::make_unique<WebSocket>(std::move(connection), 60s);
        socket_->onClosed = [this] { loop_.quit(); };
        loop_.quit();
    }
    int run() {
        const auto watchdog = Loop::after(20s, [this] { loop_.quit(1); });
        return loop_.run();
    }

    Loop loop_;
    std::chrono::milliseconds patience_;
    Ref<SoupServer> server_ = Ref<SoupServer>::adopt(soup_server_new(nullptr, nullptr));
    Ref<GSocketConnection> client_;
    std::unique_ptr<WebSocket> socket_;
};

}

TEST_CASE("a client that leaves everything unread is given up") { CHECK(Deaf(1s).isGivenUp()); }

TEST_CASE("a client that breaks the protocol is cut off, even if it cannot be told") {
    Deaf client(60s);
    client.write({'\x83', '\x80', 0, 0, 0, 0}); // there is no such kind of frame
    CHECK(client.isGivenUp());
}
