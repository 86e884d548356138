#pragma once
// A coordinator as a worker sees it: its link, and the store of saves. Says only what the test has it say.
#include "base/glib.hpp"
#include "base/json.hpp"
#include "base/web_socket.hpp"

#include <libsoup/soup.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace cloudretro::test {

// A save as it arrived.
struct Upload {
    protocol::SaveUpload about;
    std::string content; // decompressed
    std::string picture;
};

// Lives on the test's loop.
class FakeCoordinator {
public:
    explicit FakeCoordinator(std::string token);
    FakeCoordinator(const FakeCoordinator&) = delete;
    ~FakeCoordinator();

    int port() const;
    std::string url() const { return "ws://127.0.0.1:" + std::to_string(port()); }

    bool linked() const { return bool(link_); }
    template <class Message> void send(const Message& message) { link_->send(base::encode(message)); }
    std::function<void(const protocol::FromWorker&)> onMessage;

    // All that it heard.
    std::vector<protocol::FromWorker> heard;
    template <class M> std::vector<M> all() const {
        std::vector<M> found;
        for (const auto& message : heard)
            if (const auto* m = std::get_if<M>(&message)) found.push_back(*m);
        return found;
    }
    template <class M> std::size_t count() const { return all<M>().size(); }

    // The store: what came, and what can be fetched.
    std::vector<Upload> uploads; // that were answered with 200
    int refused = 0;             // that were not
    unsigned status = 200;
    protocol::SavedBytes store(const std::string& content);
    bool damages = false; // sends something else than what is asked for
    std::size_t uploadsOf(const std::string& kind) const {
        return std::size_t(
            std::ranges::count_if(uploads, [&](const auto& u) { return u.about.kind == kind; }));
    }
    const Upload& newest(const std::string& kind) const;

private:
    static void linkedUp(
        SoupServer*, SoupServerMessage*, const char*, SoupWebsocketConnection* connection, gpointer self);
    static void answer(SoupServer*, SoupServerMessage* message, const char* path, GHashTable*, gpointer self);
    void receive(std::string_view text);
    void take(SoupServerMessage* message);

    const std::string token_;
    base::Ref<SoupServer> server_;
    std::unique_ptr<base::WebSocket> link_;
    std::map<std::string, std::string> objects_; // by hash
};

}
