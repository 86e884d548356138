#include "coordinator/http_server.hpp"

#include "base/failure.hpp"
#include "base/log.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace cloudretro::coordinator {
namespace {

[[noreturn]] void failToListen(const std::string& host, int port, const GError* error) {
    const auto where = host + ":" + std::to_string(port);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
        throw base::Failure("port-in-use",
            "Port " + std::to_string(port) + " is already in use by another program.",
            "Stop that program, or choose another port with --port (0 takes any free one).");
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
        throw base::Failure("cannot-listen", "This user may not listen on " + where + ".",
            "Choose a port from 1024 on with --port.");
    throw base::Failure("cannot-listen", "The server cannot listen on " + where + ": " + error->message + ".",
        "Choose an address of this machine with --host.");
}

base::Ref<GSocketAddress> addressOf(const std::string& host, int port) {
    const auto number = host == "localhost" ? "127.0.0.1" : host;
    auto address =
        base::Ref<GSocketAddress>::adopt(g_inet_socket_address_new_from_string(number.c_str(), guint(port)));
    if (!address)
        throw base::Failure("config", "\"" + host + "\" is not an address to listen on.",
            "Give --host an IP address of this machine: 0.0.0.0 for all, 127.0.0.1 for this machine alone.");
    return address;
}

void addHeader(const char* name, const char* value, gpointer into) {
    auto& all = static_cast<HttpRequest*>(into)->headers[name];
    all += (all.empty() ? "" : ", ") + std::string(value);
}

std::string peerOf(SoupServerMessage* request) {
    auto* address = soup_server_message_get_remote_address(request);
    if (!G_IS_INET_SOCKET_ADDRESS(address)) return {};
    auto* number = g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(address));
    return base::Chars(g_inet_address_to_string(number)).get();
}

HttpRequest requestOf(SoupServerMessage* request, const char* path) {
    const char* query = g_uri_get_query(soup_server_message_get_uri(request));
    HttpRequest result{
        soup_server_message_get_method(request), path, query ? query : "", {}, peerOf(request)};
    soup_message_headers_foreach(soup_server_message_get_request_headers(request), &addHeader, &result);
    const auto body =
        base::Ref<GBytes>::adopt(soup_message_body_flatten(soup_server_message_get_request_body(request)));
    gsize size = 0;
    if (const auto* bytes = static_cast<const char*>(g_bytes_get_data(body.get(), &size)))
        result.body.assign(bytes, size);
    return result;
}

bool isPlainHost(std::string_view host) {
    return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
        return g_ascii_isalnum(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
    });
}

// Browsers do not agree on whether 'self' includes WebSockets of the same host.
std::string contentPolicy(const std::string& host) {
    const auto sockets = isPlainHost(host) ? " ws://" + host + " wss://" + host : "";
    return "default-src 'self'; connect-src 'self'" + sockets +
           "; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
           "form-action 'self'; frame-ancestors 'none'";
}

class Response {
public:
    Response(SoupServerMessage* message, const HttpRequest& request) : message_(message), request_(request) {}

    void send(const HttpAnswer& answer) {
        secure();
        add("Cache-Control", answer.etag.empty() ? "no-store" : "no-cache");
        if (!answer.etag.empty()) add("ETag", answer.etag);
        for (const auto& [name, value] : answer.headers) add(name.c_str(), value);
        if (!answer.etag.empty() && answer.etag == request_.header("If-None-Match"))
            return setStatus(SOUP_STATUS_NOT_MODIFIED);
        add("Content-Type", answer.type);
        if (answer.status == SOUP_STATUS_OK && answer.body) return sendSlice(answer);
        append(answer.body);
        setStatus(answer.status);
    }

private:
    void secure() {
        add("Content-Security-Policy", contentPolicy(request_.header("Host")));
        add("X-Content-Type-Options", "nosniff");
        add("Referrer-Policy", "no-referrer");
        add("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        add("Cross-Origin-Resource-Policy", "same-origin");
        // libsoup before 3.3 leaks each kept connection that the client closes while it is idle.
        if (!soup_check_version(3, 3, 0)) add("Connection", "close");
    }

    // libsoup's own ranges copy the whole body, and many ranges at once copy it many times.
    void sendSlice(const HttpAnswer& answer) {
        auto* headers = soup_server_message_get_request_headers(message_);
        soup_message_headers_remove(headers, "Range");
        const auto size = g_bytes_get_size(answer.body.get());
        const auto& unless = request_.header("If-Range");
        const auto slice = request_.method == "GET" && (unless.empty() || unless == answer.etag)
                               ? sliceOf(request_.header("Range"), size)
                               : Slice{};
        const auto total = "/" + std::to_string(size);
        add("Accept-Ranges", "bytes");
        switch (slice.kind) {
        case Slice::Kind::Whole:
            append(answer.body);
            return setStatus(SOUP_STATUS_OK);
        case Slice::Kind::Part:
            add("Content-Range", "bytes " + std::to_string(slice.first) + "-" +
                                     std::to_string(slice.first + slice.length - 1) + total);
            append(base::Ref<GBytes>::adopt(
                g_bytes_new_from_bytes(answer.body.get(), slice.first, slice.length)));
            return setStatus(SOUP_STATUS_PARTIAL_CONTENT);
        case Slice::Kind::Outside:
            add("Content-Range", "bytes *" + total);
            return setStatus(SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE);
        }
    }

    void add(const char* name, const std::string& value) {
        soup_message_headers_replace(soup_server_message_get_response_headers(message_), name, value.c_str());
    }
    void append(const base::Ref<GBytes>& bytes) {
        if (bytes && g_bytes_get_size(bytes.get()) > 0)
            soup_message_body_append_bytes(soup_server_message_get_response_body(message_), bytes.get());
    }
    void setStatus(int status) { soup_server_message_set_status(message_, guint(status), nullptr); }

    SoupServerMessage* message_;
    const HttpRequest& request_;
};

void respond(SoupServerMessage* message, const HttpRequest& request, const HttpAnswer& answer) {
    Response(message, request).send(answer);
}

bool hasBody(SoupServerMessage* request) {
    auto* headers = soup_server_message_get_request_headers(request);
    return soup_message_headers_get_content_length(headers) > 0 ||
           soup_message_headers_get_encoding(headers) == SOUP_ENCODING_CHUNKED;
}

// A body of unknown length could grow without end.
bool fits(SoupServerMessage* request, std::size_t most) {
    auto* headers = soup_server_message_get_request_headers(request);
    return soup_message_headers_get_encoding(headers) != SOUP_ENCODING_CHUNKED &&
           soup_message_headers_get_content_length(headers) <= goffset(most);
}

// A request that is turned away before its body was read: what comes of it meanwhile is not kept.
void refuse(SoupServerMessage* message, const HttpRequest& request, const HttpAnswer& answer) {
    soup_message_body_set_accumulate(soup_server_message_get_request_body(message), FALSE);
    respond(message, request, answer);
}

// A request that may be answered later, when its client is perhaps gone.
class Pending : public std::enable_shared_from_this<Pending> {
public:
    Pending(SoupServerMessage* message, const char* path)
        : request(requestOf(message, path)),
          message_(base::Ref<SoupServerMessage>::share(message)) {}

    void answer(const HttpAnswer& answer) {
        if (std::exchange(answered_, true)) return;
        finished_ = {};
        respond(message_.get(), request, answer);
        if (paused_) soup_server_message_unpause(message_.get());
    }
    void waitUnlessAnswered() {
        if (answered_) return;
        paused_ = true;
        finished_ = base::connect<>(message_.get(), "finished", [weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->answered_ = true;
        });
        soup_server_message_pause(message_.get());
    }

    const HttpRequest request;

private:
    base::Ref<SoupServerMessage> message_;
    base::Connection finished_;
    bool answered_ = false, paused_ = false;
};

}

HttpServer::HttpServer(const std::string& host, int port, Connections::Limits limits)
    : server_(base::Ref<SoupServer>::adopt(soup_server_new("server-header", "cloudretro", nullptr))),
      connections_(server_.get(), limits) {
    soup_server_add_early_handler(server_.get(), nullptr, &HttpServer::early, this, nullptr);
    soup_server_add_handler(server_.get(), nullptr, &HttpServer::answer, this, nullptr);
    base::Error error;
    if (!soup_server_listen(
            server_.get(), addressOf(host, port).get(), SoupServerListenOptions(0), base::ErrorSlot(error)))
        failToListen(host, port, error.get());
}

int HttpServer::port() const {
    const base::Owned<GSList, g_slist_free> listeners(soup_server_get_listeners(server_.get()));
    const auto address = base::Ref<GSocketAddress>::adopt(
        g_socket_get_local_address(static_cast<GSocket*>(listeners->data), nullptr));
    return g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(address.get()));
}

void HttpServer::serveSockets(const std::string& path, SocketPath handlers) {
    sockets_[path] = std::move(handlers);
    soup_server_add_early_handler(server_.get(), path.c_str(), &HttpServer::early, this, nullptr);
    soup_server_add_handler(server_.get(), path.c_str(), &HttpServer::admit, this, nullptr);
}

// Before a body is read.
void HttpServer::early(
    SoupServer*, SoupServerMessage* message, const char* path, GHashTable*, gpointer self) {
    const auto& admitsPost = static_cast<HttpServer*>(self)->admitsPost;
    const auto request = requestOf(message, path);
    const auto rule = request.method == "POST" && admitsPost ? admitsPost(request) : BodyRule{};
    if (rule.refusal)
        refuse(message, request, *rule.refusal);
    else if (request.method != "GET" && request.method != "HEAD" && !rule.most)
        refuse(message, request,
            textAnswer(SOUP_STATUS_METHOD_NOT_ALLOWED, "text/plain", "This is not allowed here.\n"));
    else if (rule.most ? !fits(message, rule.most) : hasBody(message))
        refuse(message, request,
            textAnswer(
                SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "text/plain", "No such body is allowed here.\n"));
}

void HttpServer::answer(
    SoupServer*, SoupServerMessage* message, const char* path, GHashTable*, gpointer self) {
    const auto pending = std::make_shared<Pending>(message, path);
    try {
        static_cast<HttpServer*>(self)->onRequest(
            pending->request, [pending](const HttpAnswer& answer) { pending->answer(answer); });
    } catch (const std::exception& error) { // nothing may be thrown through libsoup
        base::logWarning(error.what(), path);
        pending->answer(
            textAnswer(SOUP_STATUS_INTERNAL_SERVER_ERROR, "text/plain", "Something went wrong here.\n"));
    }
    pending->waitUnlessAnswered();
}

// What is below a socket's path is as any other.
void HttpServer::admit(
    SoupServer* server, SoupServerMessage* message, const char* path, GHashTable* query, gpointer self) {
    auto& sockets = static_cast<HttpServer*>(self)->sockets_;
    const auto handlers = sockets.find(path);
    if (handlers == sockets.end()) return answer(server, message, path, query, self);
    const auto request = requestOf(message, path);
    auto* headers = soup_server_message_get_request_headers(message);
    int status = 0;
    if (!soup_message_headers_header_contains(headers, "Upgrade", "websocket"))
        status = 426;
    else
        status = handlers->second.admit(request);
    if (status)
        respond(message, request,
            textAnswer(status, "text/plain", "This address is for WebSockets of this site.\n"));
    else
        base::acceptWebSocket(message, handlers->second.open);
}

}
