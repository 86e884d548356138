#include "worker/coordinator_link.hpp"

#include "base/failure.hpp"
#include "base/log.hpp"

namespace cloudretro::worker {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 10s;

}

std::string workerUrl(const std::string& text) {
    base::Error error;
    const auto uri = base::Ref<GUri>::adopt(
        g_uri_parse(text.c_str(), GUriFlags(SOUP_HTTP_URI_FLAGS), base::ErrorSlot(error)));
    const std::string scheme = uri ? g_uri_get_scheme(uri.get()) : "";
    if ((scheme != "ws" && scheme != "wss") || !g_uri_get_host(uri.get()) || !*g_uri_get_host(uri.get()))
        throw base::Failure("config",
            "The coordinator's address \"" + text + "\" is not the URL of a WebSocket.",
            "Write it as ws://host:port/worker, or wss://host/worker behind TLS.");
    const std::string path = g_uri_get_path(uri.get());
    if (!path.empty() && path != "/") return text;
    return text + (text.ends_with('/') ? "worker" : "/worker");
}

std::string httpAddress(const std::string& workerUrl) {
    auto address = "http" + workerUrl.substr(2, workerUrl.find_first_of("?#") - 2); // ws ▶ http, wss ▶ https
    while (address.ends_with('/')) address.pop_back();
    return address;
}

CoordinatorLink::CoordinatorLink(const std::string& url)
    : url_(workerUrl(url)),
      session_(base::Ref<SoupSession>::adopt(soup_session_new())),
      backoff_(200ms, 5s) {
    connect();
}

CoordinatorLink::~CoordinatorLink() { g_cancellable_cancel(connecting_.get()); }

void CoordinatorLink::send(const std::string& message) {
    if (socket_) socket_->send(message);
}

void CoordinatorLink::connect() {
    connecting_ = base::Ref<GCancellable>::adopt(g_cancellable_new());
    again_ = base::Loop::after(patience, [this] {
        g_cancellable_cancel(connecting_.get());
        retry();
    });
    auto request = base::Ref<SoupMessage>::adopt(soup_message_new(SOUP_METHOD_GET, url_.c_str()));
    soup_message_disable_feature(request.get(), SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
    soup_session_websocket_connect_async(session_.get(), request.get(), nullptr, nullptr, G_PRIORITY_DEFAULT,
        connecting_.get(), &CoordinatorLink::connected, this);
}

void CoordinatorLink::connected(GObject* session, GAsyncResult* result, gpointer self) {
    base::Error error;
    auto connection = base::Ref<SoupWebsocketConnection>::adopt(
        soup_session_websocket_connect_finish(SOUP_SESSION(session), result, base::ErrorSlot(error)));
    if (g_error_matches(error.get(), G_IO_ERROR, G_IO_ERROR_CANCELLED)) return; // given up, or `self` is gone
    auto& link = *static_cast<CoordinatorLink*>(self);
    if (connection) return link.use(std::move(connection));
    base::logInfo(
        "The coordinator cannot be reached (" + std::string(error->message) + "); trying again.", link.url_);
    link.retry();
}

void CoordinatorLink::use(base::Ref<SoupWebsocketConnection> connection) {
    again_ = {};
    socket_ = std::make_unique<base::WebSocket>(std::move(connection), patience);
    socket_->onText = [this](std::string_view message) {
        backoff_.reset();
        onMessage(message);
    };
    socket_->onClosed = [this] {
        base::logWarning("The link to the coordinator is lost. " + socket_->closeReason(), url_);
        socket_.reset();
        retry();
        onLost();
    };
    onConnected();
}

void CoordinatorLink::retry() {
    again_ = base::Loop::after(backoff_.next(), [this] { connect(); });
}

}
