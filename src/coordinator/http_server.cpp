#include "coordinator/http_server.hpp"

#include "base/failure.hpp"
#include "base/json.hpp"
#include "base/log.hpp"

#include <algorithm>

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

const char* header(SoupServerMessage* request, const char* name) {
    const char* value = soup_message_headers_get_one(soup_server_message_get_request_headers(request), name);
    return value ? value : "";
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

void respond(SoupServerMessage* request, const HttpAnswer& answer) {
    auto* headers = soup_server_message_get_response_headers(request);
    const auto add = [&](const char* name, const std::string& value) {
        soup_message_headers_replace(headers, name, value.c_str());
    };
    add("Content-Security-Policy", contentPolicy(header(request, "Host")));
    add("X-Content-Type-Options", "nosniff");
    add("Referrer-Policy", "no-referrer");
    add("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    add("Cross-Origin-Resource-Policy", "same-origin");
    // libsoup before 3.3 leaks each kept connection that the client closes while it is idle.
    if (!soup_check_version(3, 3, 0)) add("Connection", "close");
    add("Cache-Control", answer.etag.empty() ? "no-store" : "no-cache");
    if (!answer.etag.empty()) add("ETag", answer.etag);
    if (!answer.etag.empty() && answer.etag == header(request, "If-None-Match"))
        return soup_server_message_set_status(request, SOUP_STATUS_NOT_MODIFIED, nullptr);
    add("Content-Type", answer.type);
    if (answer.body)
        soup_message_body_append_bytes(soup_server_message_get_response_body(request), answer.body.get());
    soup_server_message_set_status(request, guint(answer.status), nullptr);
}

bool hasBody(SoupServerMessage* request) {
    auto* headers = soup_server_message_get_request_headers(request);
    return soup_message_headers_get_content_length(headers) > 0 ||
           soup_message_headers_get_encoding(headers) == SOUP_ENCODING_CHUNKED;
}

// "http://host:80" ▶ "host", "https://host:444" ▶ "host:444"; empty: not the origin of a web page.
std::string authorityOf(const std::string& origin) {
    for (const auto& [scheme, port] : {std::pair{"http://", ":80"}, std::pair{"https://", ":443"}}) {
        if (!origin.starts_with(scheme)) continue;
        auto authority = origin.substr(std::string_view(scheme).size());
        if (authority.ends_with(port)) authority.resize(authority.size() - std::string_view(port).size());
        return authority;
    }
    return {};
}

}

HttpAnswer textAnswer(int status, const std::string& type, const std::string& text) {
    return {status, type, base::Ref<GBytes>::adopt(g_bytes_new(text.data(), text.size())), {}};
}

bool isSameOrigin(const std::string& origin, const std::string& host) {
    const auto authority = authorityOf(origin);
    if (authority.empty()) return false;
    const auto usual = origin.starts_with("https") ? ":443" : ":80";
    const auto bare =
        host.ends_with(usual) ? host.substr(0, host.size() - std::string_view(usual).size()) : host;
    return g_ascii_strcasecmp(authority.c_str(), bare.c_str()) == 0;
}

int refuseStrangers(SoupServerMessage* request) {
    const std::string origin = header(request, "Origin");
    if (!origin.empty()) return isSameOrigin(origin, header(request, "Host")) ? 0 : SOUP_STATUS_FORBIDDEN;
    auto* address = soup_server_message_get_remote_address(request);
    const bool isHere =
        G_IS_INET_SOCKET_ADDRESS(address) &&
        g_inet_address_get_is_loopback(g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(address)));
    return isHere ? 0 : SOUP_STATUS_FORBIDDEN;
}

HttpServer::HttpServer(const std::string& host, int port)
    : server_(base::Ref<SoupServer>::adopt(soup_server_new("server-header", "cloudretro", nullptr))) {
    soup_server_add_early_handler(server_.get(), nullptr, &HttpServer::early, nullptr, nullptr);
    soup_server_add_handler(server_.get(), nullptr, &HttpServer::get, this, nullptr);
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
    soup_server_add_early_handler(server_.get(), path.c_str(), &HttpServer::early, nullptr, nullptr);
    soup_server_add_handler(server_.get(), path.c_str(), &HttpServer::admit, this, nullptr);
}

// Before a body is read: nothing here takes one.
void HttpServer::early(SoupServer*, SoupServerMessage* request, const char*, GHashTable*, gpointer) {
    const std::string_view method = soup_server_message_get_method(request);
    if (method != "GET" && method != "HEAD")
        respond(
            request, textAnswer(SOUP_STATUS_METHOD_NOT_ALLOWED, "text/plain", "Only GET is allowed here.\n"));
    else if (hasBody(request))
        respond(request,
            textAnswer(SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "text/plain", "No body is allowed here.\n"));
}

void HttpServer::get(SoupServer*, SoupServerMessage* request, const char* path, GHashTable*, gpointer self) {
    try {
        respond(request, static_cast<HttpServer*>(self)->onGet(path));
    } catch (const std::exception& error) { // nothing may be thrown through libsoup
        base::logWarning(error.what(), path);
        respond(request,
            textAnswer(SOUP_STATUS_INTERNAL_SERVER_ERROR, "text/plain", "Something went wrong here.\n"));
    }
}

void HttpServer::admit(
    SoupServer*, SoupServerMessage* request, const char* path, GHashTable*, gpointer self) {
    auto& sockets = static_cast<HttpServer*>(self)->sockets_;
    const auto handlers = sockets.find(path);
    auto* headers = soup_server_message_get_request_headers(request);
    int status = 0;
    if (handlers == sockets.end())
        status = SOUP_STATUS_NOT_FOUND;
    else if (!soup_message_headers_header_contains(headers, "Upgrade", "websocket"))
        status = 426;
    else
        status = handlers->second.admit(request);
    if (status)
        respond(request, textAnswer(status, "text/plain", "This address is for WebSockets of this site.\n"));
    else
        base::acceptWebSocket(request, handlers->second.open);
}

}
