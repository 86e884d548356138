#pragma once
// A browser, as far as signaling goes: a WebSocket that remembers what it heard.
#include "base/json.hpp"
#include "base/web_socket.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cloudretro::test {

inline protocol::Start start(const std::string& game) { return {game, {}, {}, {}}; }

class Visitor {
public:
    // Connects to /ws, or what else `path` says; an empty `origin` is not sent.
    Visitor(
        int port, const std::string& origin, const std::string& path = "/ws", const std::string& cookie = "");
    explicit Visitor(int port) : Visitor(port, "http://127.0.0.1:" + std::to_string(port)) {}
    Visitor(const Visitor&) = delete;
    ~Visitor();

    unsigned status() const { return status_; } // of the handshake: 101, or why not
    bool closed() const { return closed_; }

    void say(const std::string& text) { socket_->send(text); }
    template <class M> void send(const M& message) { say(base::encode(message)); }
    void greet(const std::string& key = ""); // Hello, and waits for Welcome

    // Waits for the next message of this type, skipping others.
    template <class M> std::optional<M> hear() { return find<M>(M::type); }
    std::string hearFailure(); // the code of the next Failed

private:
    template <class M> std::optional<M> find(const std::string& type) {
        const auto text = next(type);
        if (!text) return std::nullopt;
        M message;
        if (!base::detail::decodeValue(*base::parseJson(*text), message)) return std::nullopt;
        return message;
    }
    std::optional<std::string> next(const std::string& type);
    static void connected(GObject* session, GAsyncResult* result, gpointer self);

    base::Ref<SoupSession> session_;
    base::Ref<SoupMessage> request_;
    std::unique_ptr<base::WebSocket> socket_;
    std::vector<std::string> heard_;
    unsigned status_ = 0;
    bool answered_ = false, closed_ = false;
};

}
