#include "visitor.hpp"

#include "wait.hpp"

#include <catch2/catch.hpp>

namespace cloudretro::test {

using namespace std::chrono_literals;

Visitor::Visitor(int port, const std::string& origin, const std::string& path, const std::string& cookie)
    : session_(base::Ref<SoupSession>::adopt(soup_session_new())) {
    const auto url = "ws://127.0.0.1:" + std::to_string(port) + path;
    request_ = base::Ref<SoupMessage>::adopt(soup_message_new("GET", url.c_str()));
    if (!cookie.empty())
        soup_message_headers_append(
            soup_message_get_request_headers(request_.get()), "Cookie", cookie.c_str());
    soup_session_websocket_connect_async(session_.get(), request_.get(),
        origin.empty() ? nullptr : origin.c_str(), nullptr, G_PRIORITY_DEFAULT, nullptr, &Visitor::connected,
        this);
    REQUIRE(until([this] { return answered_; }));
}

Visitor::~Visitor() = default;

void Visitor::connected(GObject* session, GAsyncResult* result, gpointer self) {
    auto& visitor = *static_cast<Visitor*>(self);
    auto connection = base::Ref<SoupWebsocketConnection>::adopt(
        soup_session_websocket_connect_finish(SOUP_SESSION(session), result, nullptr));
    visitor.answered_ = true;
    visitor.status_ = soup_message_get_status(visitor.request_.get());
    visitor.closed_ = !connection;
    if (!connection) return;
    visitor.socket_ = std::make_unique<base::WebSocket>(std::move(connection), 60s);
    visitor.socket_->onText = [&](std::string_view text) { visitor.heard_.emplace_back(text); };
    visitor.socket_->onClosed = [&] { visitor.closed_ = true; };
}

void Visitor::greet(const std::string& key) {
    send(protocol::Hello{protocol::version, {"VP8", "H264"}, "Visitor", key, ""});
    REQUIRE(hear<protocol::Welcome>());
}

std::string Visitor::hearFailure() {
    const auto failed = hear<protocol::Failed>();
    if (!failed) return "none";
    CHECK_FALSE(failed->trouble.message.empty());
    CHECK_FALSE(failed->trouble.remedy.empty());
    return failed->trouble.code;
}

std::optional<std::string> Visitor::next(const std::string& type) {
    std::optional<std::string> found;
    until([&] {
        while (!heard_.empty() && !found) {
            if ((*base::parseJson(heard_.front()))["type"] == type) found = heard_.front();
            heard_.erase(heard_.begin());
        }
        return found || closed_;
    });
    return found;
}

}
