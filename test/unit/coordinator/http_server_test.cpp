#include "../../temp_dir.hpp"
#include "base/loop.hpp"
#include "coordinator/http_server.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <functional>
#include <thread>

using namespace cloudretro;
using namespace coordinator;
using Catch::Contains;
using Catch::StartsWith;
using namespace std::string_literals;

namespace {

// Says `request` as it stands and hands over what comes back, piece by piece, to the end of the connection.
void speak(int port, const std::string& request, const std::function<void(std::string_view)>& hear) {
    const auto client = base::Ref<GSocketClient>::adopt(g_socket_client_new());
    g_socket_client_set_enable_proxy(client.get(), FALSE); // would ask the desktop's settings
    const auto connection = base::Ref<GSocketConnection>::adopt(
        g_socket_client_connect_to_host(client.get(), "127.0.0.1", guint16(port), nullptr, nullptr));
    auto* stream = G_IO_STREAM(connection.get());
    g_output_stream_write_all(
        g_io_stream_get_output_stream(stream), request.data(), request.size(), nullptr, nullptr, nullptr);
    std::vector<char> piece(64 * 1024);
    for (gssize got = 0; (got = g_input_stream_read(g_io_stream_get_input_stream(stream), piece.data(),
                              piece.size(), nullptr, nullptr)) > 0;)
        hear({piece.data(), std::size_t(got)});
}

// The server on this thread's loop, its client on another.
struct Scene {
    HttpServer server{"127.0.0.1", 0};

    void answerWith(const std::function<HttpAnswer(const HttpRequest&)>& answer) {
        server.onRequest = [answer](const HttpRequest& request, const HttpReply& reply) {
            reply(answer(request));
        };
    }
    void run(const std::string& request, const std::function<void(std::string_view)>& hear) {
        std::atomic<bool> over = false;
        std::thread client([&] {
            speak(server.port(), request, hear);
            over = true;
            g_main_context_wakeup(nullptr);
        });
        while (!over) g_main_context_iteration(nullptr, TRUE);
        client.join();
    }
    std::string ask(const std::string& start, const std::string& rest = "\r\n") {
        std::string answer;
        run(start + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + rest,
            [&](std::string_view piece) { answer += piece; });
        return answer;
    }
};

std::string bodyOf(const std::string& answer) { return answer.substr(answer.find("\r\n\r\n") + 4); }

// Memory of this process that no file backs. AddressSanitizer holds what is freed, to see who still uses it:
// it says nothing then.
long anonymousKiB() {
#ifdef __SANITIZE_ADDRESS__
    return 0;
#endif
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (long kib = 0; word == "RssAnon:" && status >> kib) return kib;
    return 0;
}

std::string withLength(const std::string& body) {
    return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}

TEST_CASE("a request is handed over with all that was said") {
    Scene scene;
    HttpRequest heard;
    scene.server.admitsPost = [](const HttpRequest& request) {
        return BodyRule{request.path == "/a b" ? 4u : 0u};
    };
    scene.answerWith([&](const HttpRequest& request) {
        heard = request;
        return jsonAnswer(201, "{}");
    });
    const auto answer = scene.ask("POST /a%20b?x=1%262", "X-More: 1\r\nX-More: 2\r\n" + withLength("body"));
    CHECK_THAT(answer, StartsWith("HTTP/1.1 201"));
    CHECK_THAT(answer, Contains("X-Content-Type-Options: nosniff"));
    CHECK(bodyOf(answer) == "{}");
    CHECK(heard.method == "POST");
    CHECK(heard.path == "/a b");
    CHECK(heard.query == "x=1%262");
    CHECK(heard.body == "body");
    CHECK(heard.peer == "127.0.0.1");
    CHECK(heard.header("x-more") == "1, 2");
    CHECK(heard.header("host") == "x");
}

TEST_CASE("bodies are taken only where they are wanted, and only small ones") {
    Scene scene;
    std::size_t heard = 0, requests = 0;
    scene.server.admitsPost = [](const HttpRequest& request) {
        return BodyRule{request.path == "/post" ? HttpServer::smallBody : 0};
    };
    scene.answerWith([&](const HttpRequest& request) {
        heard = request.body.size();
        ++requests;
        return textAnswer(200, "text/plain", "heard");
    });
    const std::string most(HttpServer::smallBody, 'x');
    CHECK_THAT(scene.ask("POST /post", withLength(most)), StartsWith("HTTP/1.1 200"));
    CHECK(heard == most.size());
    CHECK(requests == 1);
    CHECK_THAT(scene.ask("POST /post", withLength(most + "x")), StartsWith("HTTP/1.1 413"));
    CHECK_THAT(scene.ask("POST /post", "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"),
        StartsWith("HTTP/1.1 413"));
    CHECK_THAT(scene.ask("POST /other", withLength("x")), StartsWith("HTTP/1.1 405"));
    CHECK_THAT(scene.ask("PUT /post", withLength("x")), StartsWith("HTTP/1.1 405"));
    CHECK_THAT(scene.ask("GET /post", withLength("x")), StartsWith("HTTP/1.1 413"));
    CHECK(requests == 1);
}

TEST_CASE("a part of a body can be asked for") {
    Scene scene;
    scene.answerWith([](const HttpRequest&) {
        auto answer = textAnswer(200, "text/plain", "0123456789");
        answer.etag = "\"tag\"";
        return answer;
    });
    const auto part = scene.ask("GET /", "Range: bytes=2-4\r\n\r\n");
    CHECK_THAT(part, StartsWith("HTTP/1.1 206"));
    CHECK_THAT(part, Contains("Content-Range: bytes 2-4/10\r\n"));
    CHECK(bodyOf(part) == "234");
    CHECK(bodyOf(scene.ask("GET /", "Range: bytes=-1\r\nIf-Range: \"tag\"\r\n\r\n")) == "9");
    CHECK(bodyOf(scene.ask("GET /", "Range: bytes=2-4\r\nIf-Range: \"old\"\r\n\r\n")) == "0123456789");
    CHECK(bodyOf(scene.ask("GET /", "Range: bytes=0-1,3-4\r\n\r\n")) == "0123456789");
    const auto outside = scene.ask("GET /", "Range: bytes=10-\r\n\r\n");
    CHECK_THAT(outside, StartsWith("HTTP/1.1 416"));
    CHECK_THAT(outside, Contains("Content-Range: bytes */10\r\n"));
    const auto head = scene.ask("HEAD /", "Range: bytes=2-4\r\n\r\n");
    CHECK_THAT(head, StartsWith("HTTP/1.1 200"));
    CHECK_THAT(head, Contains("Accept-Ranges: bytes") && Contains("Content-Length: 10"));
    CHECK(bodyOf(head).empty());
}

TEST_CASE("a large file is sent, whole or in part, without being copied into memory") {
    constexpr std::size_t size = 50'000'000;
    const test::TempDir dir;
    const auto path = dir.write("large", "first");
    std::filesystem::resize_file(path, size - 4);
    std::ofstream(path, std::ios::app) << "last";

    Scene scene;
    scene.answerWith([&](const HttpRequest&) { return *fileAnswer(path, "x/y", "\"1\""); });
    const std::size_t skipped = GENERATE(0, 5);
    const auto before = anonymousKiB();
    long most = before;
    std::size_t got = 0;
    std::string end;
    scene.run("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nRange: bytes=" + std::to_string(skipped) +
                  "-\r\n\r\n",
        [&](std::string_view piece) {
            got += piece.size();
            most = std::max(most, anonymousKiB());
            end = piece.substr(piece.size() - std::min<std::size_t>(4, piece.size()));
        });
    CHECK(got > size - skipped);
    CHECK(got < size - skipped + 2000); // headers
    CHECK("last"s.ends_with(end));
    CHECK(most - before < 8 * 1024);
}

TEST_CASE("a file that is shortened while it is sent breaks off the transfer, not the server") {
    const test::TempDir dir;
    const auto path = dir.write("large");
    std::filesystem::resize_file(path, 50'000'000);
    Scene scene;
    scene.answerWith([&](const HttpRequest& request) {
        return request.path == "/file" ? *fileAnswer(path, "x/y", "\"1\"") : textAnswer(200, "x/y", "alive");
    });
    std::size_t got = 0;
    scene.run("GET /file HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", [&](std::string_view piece) {
        if (!got) std::filesystem::resize_file(path, 1);
        got += piece.size();
    });
    CHECK(got < 50'000'000);
    CHECK(bodyOf(scene.ask("GET /")) == "alive");
}

TEST_CASE("an answer may come later, and only once") {
    Scene scene;
    base::Watch later;
    scene.server.onRequest = [&](const HttpRequest&, const HttpReply& reply) {
        later = base::Loop::after(std::chrono::milliseconds(1), [reply] {
            reply(textAnswer(200, "text/plain", "late"));
            reply(textAnswer(200, "text/plain", "again"));
        });
    };
    CHECK(bodyOf(scene.ask("GET /")) == "late");
}

TEST_CASE("who went away before the answer came harms nobody") {
    Scene scene;
    HttpReply kept;
    scene.server.onRequest = [&](const HttpRequest& request, const HttpReply& reply) {
        if (request.path == "/slow")
            kept = reply;
        else
            reply(textAnswer(200, "text/plain", "alive"));
    };
    {
        const auto client = base::Ref<GSocketClient>::adopt(g_socket_client_new());
        g_socket_client_set_enable_proxy(client.get(), FALSE);
        const auto gone = base::Ref<GSocketConnection>::adopt(g_socket_client_connect_to_host(
            client.get(), "127.0.0.1", guint16(scene.server.port()), nullptr, nullptr));
        const auto request = "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"s;
        g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(gone.get())), request.data(),
            request.size(), nullptr, nullptr, nullptr);
        while (!kept) g_main_context_iteration(nullptr, TRUE);
        g_io_stream_close(G_IO_STREAM(gone.get()), nullptr, nullptr);
    }
    CHECK(bodyOf(scene.ask("GET /")) == "alive");
    kept(textAnswer(200, "text/plain", "late"));
    kept = nullptr;
    CHECK(bodyOf(scene.ask("GET /")) == "alive");
}

TEST_CASE("a body that is refused is not kept in memory") {
    Scene scene;
    scene.server.admitsPost = [](const HttpRequest& request) {
        return BodyRule{60'000'000, request.header("Authorization").empty()
                                        ? std::optional(textAnswer(401, "text/plain", "Who?"))
                                        : std::nullopt};
    };
    std::size_t heard = 0;
    scene.answerWith([&](const HttpRequest& request) {
        heard = request.body.size();
        return textAnswer(200, "text/plain", "heard");
    });
    const std::string body(50'000'000, 'x');
    const auto request = withLength(body);
    const auto before = anonymousKiB();
    long most = before;
    std::string answer;
    const auto watch =
        base::Loop::every(std::chrono::milliseconds(1), [&] { most = std::max(most, anonymousKiB()); });
    scene.run("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + request,
        [&](std::string_view piece) { answer += piece; });
    CHECK_THAT(answer, StartsWith("HTTP/1.1 401"));
    CHECK(heard == 0);
    CHECK(most - before < 80 * 1024); // what the client makes of it itself
    CHECK_THAT(scene.ask("POST /", "Authorization: x\r\n" + request), StartsWith("HTTP/1.1 200"));
    CHECK(heard == body.size());
}
