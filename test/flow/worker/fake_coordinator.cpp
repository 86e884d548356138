#include "fake_coordinator.hpp"

#include "base/compression.hpp"
#include "base/sha256.hpp"

#include <catch2/catch.hpp>

namespace cloudretro::test {
namespace {

std::string textOf(GBytes* bytes) {
    gsize size = 0;
    const auto* data = static_cast<const char*>(g_bytes_get_data(bytes, &size));
    return {data, size};
}

}

FakeCoordinator::FakeCoordinator(std::string token)
    : token_(std::move(token)),
      server_(base::Ref<SoupServer>::adopt(soup_server_new(nullptr, nullptr))) {
    soup_server_add_handler(server_.get(), "/worker/saves", &FakeCoordinator::answer, this, nullptr);
    soup_server_add_websocket_handler(
        server_.get(), "/worker", nullptr, nullptr, &FakeCoordinator::linkedUp, this, nullptr);
    REQUIRE(soup_server_listen_local(server_.get(), 0, SOUP_SERVER_LISTEN_IPV4_ONLY, nullptr));
}

FakeCoordinator::~FakeCoordinator() { soup_server_disconnect(server_.get()); }

int FakeCoordinator::port() const {
    GSList* uris = soup_server_get_uris(server_.get());
    const int port = g_uri_get_port(static_cast<GUri*>(uris->data));
    g_slist_free_full(uris, [](gpointer uri) { g_uri_unref(static_cast<GUri*>(uri)); });
    return port;
}

void FakeCoordinator::linkedUp(
    SoupServer*, SoupServerMessage*, const char*, SoupWebsocketConnection* connection, gpointer data) {
    auto& self = *static_cast<FakeCoordinator*>(data);
    self.link_ = std::make_unique<base::WebSocket>(
        base::Ref<SoupWebsocketConnection>::share(connection), std::chrono::seconds(60));
    self.link_->onText = [&self](std::string_view text) { self.receive(text); };
    self.link_->onClosed = [&self] { self.link_.reset(); };
}

void FakeCoordinator::receive(std::string_view text) {
    auto message = base::decode<protocol::FromWorker>(text);
    REQUIRE(message);
    if (std::holds_alternative<protocol::Register>(*message)) send(protocol::Registered{});
    heard.push_back(*message);
    if (onMessage) onMessage(*message);
}

void FakeCoordinator::answer(
    SoupServer*, SoupServerMessage* message, const char* path, GHashTable*, gpointer data) {
    auto& self = *static_cast<FakeCoordinator*>(data);
    const char* proof =
        soup_message_headers_get_one(soup_server_message_get_request_headers(message), "Authorization");
    CHECK(std::string(proof ? proof : "") == "Bearer " + self.token_);
    if (std::string(soup_server_message_get_method(message)) == "POST") return self.take(message);
    const std::string hash = std::string(path).substr(std::string("/worker/saves/").size());
    const auto object = self.objects_.find(hash);
    if (object == self.objects_.end()) return soup_server_message_set_status(message, 404, nullptr);
    const auto body = self.damages ? "damaged" : object->second;
    soup_server_message_set_status(message, 200, nullptr);
    soup_server_message_set_response(message, "application/zstd", SOUP_MEMORY_COPY, body.data(), body.size());
}

// libsoup's own reader of such bodies: what we write is not read by us.
void FakeCoordinator::take(SoupServerMessage* message) {
    if (status != 200) {
        ++refused;
        return soup_server_message_set_status(message, status, nullptr);
    }
    const auto body =
        base::Ref<GBytes>::adopt(soup_message_body_flatten(soup_server_message_get_request_body(message)));
    const base::Owned<SoupMultipart, soup_multipart_free> parts(
        soup_multipart_new_from_message(soup_server_message_get_request_headers(message), body.get()));
    REQUIRE(parts);
    Upload upload;
    std::string bytes;
    for (int i = 0; i < soup_multipart_get_length(parts.get()); ++i) {
        SoupMessageHeaders* headers = nullptr;
        GBytes* part = nullptr;
        REQUIRE(soup_multipart_get_part(parts.get(), i, &headers, &part));
        char* disposition = nullptr;
        GHashTable* parameters = nullptr;
        REQUIRE(soup_message_headers_get_content_disposition(headers, &disposition, &parameters));
        const std::string name = static_cast<const char*>(g_hash_table_lookup(parameters, "name"));
        if (name == "about") upload.about = base::decodePart<protocol::SaveUpload>(textOf(part)).value();
        if (name == "bytes") bytes = textOf(part);
        if (name == "picture") upload.picture = textOf(part);
        const base::Chars ownDisposition(disposition);
        g_hash_table_destroy(parameters);
    }
    const auto content = base::decompress(bytes, std::size_t(upload.about.size));
    REQUIRE(content);
    upload.content = *content;
    uploads.push_back(std::move(upload));
    soup_server_message_set_status(message, 200, nullptr);
}

protocol::SavedBytes FakeCoordinator::store(const std::string& content) {
    const auto bytes = base::compress(content);
    const auto object = base::sha256(bytes);
    objects_[object] = bytes;
    return {object, double(content.size()), ""};
}

const Upload& FakeCoordinator::newest(const std::string& kind) const {
    const auto found =
        std::find_if(uploads.rbegin(), uploads.rend(), [&](const auto& u) { return u.about.kind == kind; });
    REQUIRE(found != uploads.rend());
    return *found;
}

}
