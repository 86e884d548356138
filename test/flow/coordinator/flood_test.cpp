// What a client can make the coordinator hold.
#include "base/json.hpp"
#include "raw_socket.hpp"
#include "server.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace cloudretro;
using namespace cloudretro::test;

namespace {

constexpr unsigned char last = 0x80, more = 0, text = 1, ping = 9; // first bytes of frames

// The most memory that it has had, in MiB.
double peak(const Server& server) {
    std::ifstream status("/proc/" + std::to_string(server.pid()) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

std::string hello() { return base::encode(protocol::Hello{protocol::version, {"VP8"}, "Flood", "", ""}); }

// The most frames that fit into 200 MiB, as fast as they go: true when the connection is closed under them.
bool isCutOff(RawSocket& client, unsigned char first, std::size_t size) {
    const std::string payload(size, 'x');
    for (std::size_t sent = 0; sent < 200 << 20; sent += 8 + size)
        if (!client.write(first, payload)) return true;
    return false;
}

}

TEST_CASE("a message may come in fragments, with pings between") {
    Server server({"--port=0", "--role=coordinator"});
    RawSocket client(server.port());
    client.write(text, hello().substr(0, 10));
    client.write(last | ping, "still here?");
    client.write(more, "");
    client.write(last | more, hello().substr(10));
    std::string heard;
    while (heard.find("\"welcome\"") == heard.npos) {
        const auto news = client.read();
        REQUIRE_FALSE(news.empty());
        heard += news;
    }
    CHECK(heard.find("still here?") != heard.npos);
}

TEST_CASE("fragments without end end the connection and fill no memory") {
    Server server({"--port=0", "--role=coordinator"});
    const auto before = peak(server);
    for (const std::size_t size : {65535, 1000, 0}) {
        CAPTURE(size);
        RawSocket client(server.port());
        client.write(last | text, hello());
        client.write(text, "");
        CHECK(isCutOff(client, more, size));
    }
    CHECK(peak(server) < before + 16);
}

TEST_CASE("pings whose answers are never read end the connection and fill no memory") {
    Server server({"--port=0", "--role=coordinator"});
    const auto before = peak(server);
    RawSocket client(server.port());
    client.write(last | text, hello());
    CHECK(isCutOff(client, last | ping, 125));
    CHECK(peak(server) < before + 16);
}
