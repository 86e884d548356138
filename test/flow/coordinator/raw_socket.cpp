#include "raw_socket.hpp"

#include <catch2/catch.hpp>

#include <array>

namespace cloudretro::test {

RawSocket::RawSocket(int port) {
    const auto client = base::Ref<GSocketClient>::adopt(g_socket_client_new());
    g_socket_client_set_timeout(client.get(), 30);
    g_socket_client_set_enable_proxy(client.get(), FALSE);
    connection_ = base::Ref<GSocketConnection>::adopt(
        g_socket_client_connect_to_host(client.get(), "127.0.0.1", guint16(port), nullptr, nullptr));
    REQUIRE(connection_);
    const auto host = "127.0.0.1:" + std::to_string(port);
    const auto request = "GET /ws HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
                         "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    auto* out = g_io_stream_get_output_stream(G_IO_STREAM(connection_.get()));
    REQUIRE(g_output_stream_write_all(out, request.data(), request.size(), nullptr, nullptr, nullptr));
    REQUIRE(read().starts_with("HTTP/1.1 101"));
}

bool RawSocket::write(unsigned char first, std::string_view payload) {
    std::string frame{char(first)};
    if (payload.size() < 126)
        frame += char(0x80 | payload.size());
    else
        frame += {char(0x80 | 126), char(payload.size() >> 8), char(payload.size())};
    frame += std::string(4, '\0'); // the mask
    frame += payload;
    base::Error error;
    auto* out = g_io_stream_get_output_stream(G_IO_STREAM(connection_.get()));
    if (g_output_stream_write_all(out, frame.data(), frame.size(), nullptr, nullptr, base::ErrorSlot(error)))
        return true;
    INFO(error->message);
    CHECK(g_error_matches(error.get(), G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED));
    return false;
}

std::string RawSocket::read() {
    std::array<char, 4096> bytes{};
    base::Error error;
    auto* in = g_io_stream_get_input_stream(G_IO_STREAM(connection_.get()));
    const auto count = g_input_stream_read(in, bytes.data(), bytes.size(), nullptr, base::ErrorSlot(error));
    if (count < 0) {
        INFO(error->message);
        CHECK(g_error_matches(error.get(), G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED));
    }
    return {bytes.data(), std::size_t(std::max<gssize>(count, 0))};
}

}
