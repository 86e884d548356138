// Slow clients, and many of them, against the real server.
#include "coordinator/http_server.hpp"

#include <catch2/catch.hpp>
#include <poll.h>

#include <chrono>
#include <deque>
#include <optional>
#include <string>

using namespace cloudretro;
using namespace coordinator;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 30s;

class Client {
public:
    explicit Client(int port) {
        const auto client = base::Ref<GSocketClient>::adopt(g_socket_client_new());
        g_socket_client_set_enable_proxy(client.get(), FALSE);
        base::Error error;
        connection_ = base::Ref<GSocketConnection>::adopt(g_socket_client_connect_to_host(
            client.get(), "127.0.0.1", guint16(port), nullptr, base::ErrorSlot(error)));
        INFO((error ? error->message : ""));
        REQUIRE(connection_);
    }
    void say(std::string_view text) { g_socket_send(socket(), text.data(), text.size(), nullptr, nullptr); }
    // What came; "" while there is nothing, and `closed` once the server has closed.
    static constexpr auto closed = "(closed)";
    std::string hear() {
        pollfd ready{g_socket_get_fd(socket()), POLLIN, 0};
        if (::poll(&ready, 1, 0) == 0) return "";
        std::array<char, 4096> piece{};
        const auto got = g_socket_receive(socket(), piece.data(), piece.size(), nullptr, nullptr);
        return got > 0 ? std::string(piece.data(), std::size_t(got)) : closed;
    }
    bool isClosed() { return hear() == closed; }

private:
    GSocket* socket() { return g_socket_connection_get_socket(connection_.get()); }
    base::Ref<GSocketConnection> connection_;
};

struct Scene {
    HttpServer server;
    explicit Scene(Connections::Limits limits) : server("127.0.0.1", 0, limits) {
        server.onRequest = [](const HttpRequest&, const HttpReply& reply) {
            reply(textAnswer(200, "text/plain", "hello"));
        };
    }
    // Runs the server until `done` says so; false: it never did.
    static bool until(const std::function<bool()>& done) {
        const auto tick = base::Loop::every(5ms, [] {});
        for (const auto end = std::chrono::steady_clock::now() + patience;
             std::chrono::steady_clock::now() < end;) {
            if (done()) return true;
            g_main_context_iteration(nullptr, TRUE);
        }
        return false;
    }
};

constexpr auto request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

}

TEST_CASE("a client that does not finish its headers is cut off, one that does is served", "[connections]") {
    Scene scene({300ms, 100});
    Client slow(scene.server.port()), silent(scene.server.port());
    const auto began = std::chrono::steady_clock::now();
    slow.say("GET / HTTP/1.1\r\nHost: x\r\n");
    // A header line now and then is no way to stay.
    const auto drip = base::Loop::every(20ms, [&] { slow.say("X-More: 1\r\n"); });
    CHECK(Scene::until([&] { return slow.isClosed(); }));
    CHECK(std::chrono::steady_clock::now() - began >= 290ms);
    CHECK(Scene::until([&] { return silent.isClosed(); }));

    Client quick(scene.server.port());
    quick.say(request);
    std::string answer;
    CHECK(Scene::until([&] { return (answer += quick.hear()).find("hello") != answer.npos; }));
    CHECK(Scene::until([&] { return scene.server.connections() == 0; }));
}

TEST_CASE("an answer may take longer than headers may", "[connections]") {
    Scene scene({100ms, 100});
    HttpReply later;
    scene.server.onRequest = [&](const HttpRequest&, const HttpReply& reply) { later = reply; };
    Client client(scene.server.port());
    client.say(request);
    REQUIRE(Scene::until([&] { return bool(later); }));
    bool waited = false;
    const auto timer = base::Loop::after(300ms, [&] { waited = true; });
    REQUIRE(Scene::until([&] { return waited; }));
    later(textAnswer(200, "text/plain", "at last"));
    std::string answer;
    CHECK(Scene::until([&] { return (answer += client.hear()).find("at last") != answer.npos; }));
}

TEST_CASE("when there are too many, the slowest request makes way", "[connections]") {
    Scene scene({20s, 3});
    const auto port = scene.server.port();
    std::deque<Client> slow;
    for (std::size_t i = 1; i <= 3; ++i) {
        slow.emplace_back(port).say("GET / HTTP/1.1\r\n");
        REQUIRE(Scene::until([&] { return scene.server.connections() == i; }));
    }
    Client fourth(port);
    fourth.say(request);
    std::string answer;
    CHECK(Scene::until([&] { return (answer += fourth.hear()).find("hello") != answer.npos; }));
    CHECK(Scene::until([&] { return slow[0].isClosed(); }));
    CHECK_FALSE(slow[1].isClosed());
    CHECK_FALSE(slow[2].isClosed());
    CHECK(Scene::until([&] { return scene.server.connections() == 2; }));
}

TEST_CASE("who is being served is never cut off for newcomers", "[connections]") {
    Scene scene({20s, 2});
    std::vector<HttpReply> later;
    scene.server.onRequest = [&](const HttpRequest&, const HttpReply& reply) { later.push_back(reply); };
    const auto port = scene.server.port();
    Client one(port), other(port);
    one.say(request);
    other.say(request);
    REQUIRE(Scene::until([&] { return later.size() == 2; }));
    Client third(port);
    third.say("GET / HTTP/1.1\r\n");
    CHECK(Scene::until([&] { return third.isClosed(); }));
    for (const auto& reply : later) reply(textAnswer(200, "text/plain", "hello"));
    std::string answers;
    CHECK(Scene::until(
        [&] { return (answers += one.hear() + other.hear()).find("hello") != answers.rfind("hello"); }));
}

TEST_CASE("connections that come and go, with or without a request, are all forgotten", "[connections]") {
    Scene scene({20s, 100});
    for (int i = 0; i < 300; ++i) {
        std::optional<Client> client(scene.server.port());
        REQUIRE(Scene::until([&] { return scene.server.connections() == 1; }));
        if (i % 3 == 1) client->say("GET / HT");
        if (i % 3 == 2) client->say(request);
        client.reset();
        REQUIRE(Scene::until([&] { return scene.server.connections() == 0; }));
    }
}
