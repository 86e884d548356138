#include "coordinator/connections.hpp"

#include <sys/resource.h>

#include <algorithm>

namespace cloudretro::coordinator {

Connections::Connections(SoupServer* server, Limits limits)
    : limits_(limits),
      starting_(base::connect<SoupServerMessage*>(
          server, "request-started", [this](SoupServerMessage* request) { started(request); })) {}

std::size_t Connections::fromFileLimit() {
    constexpr rlim_t ours = 128, leastForOthers = 64;
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur < ours + leastForOthers)
        return leastForOthers;
    return std::size_t(files.rlim_cur - ours);
}

// libsoup makes a request as soon as it has accepted a connection, and the next one when one is answered.
void Connections::started(SoupServerMessage* request) {
    auto* socket = soup_server_message_get_socket(request);
    if (!socket) return;
    auto& connection = open_[socket];
    const bool isNew = !connection.gone;
    connection.began = std::chrono::steady_clock::now();
    connection.reading = true;
    connection.deadline = base::Loop::after(limits_.headers, [this, socket] { cut(socket); });
    if (isNew) connection.gone = base::WhenGone(socket, [this, socket] { open_.erase(socket); });
    g_signal_connect(request, "got-headers", G_CALLBACK(&Connections::gotHeaders), this);
    g_signal_connect(request, "got-body", G_CALLBACK(&Connections::gotBody), this);
    if (isNew && count() > limits_.most) makeWay();
}

std::size_t Connections::count() {
    std::erase_if(open_, [](const auto& entry) { return g_socket_is_closed(entry.first); });
    return open_.size();
}

void Connections::makeWay() {
    GSocket* slowest = nullptr;
    for (const auto& [socket, connection] : open_)
        if (connection.reading && (!slowest || connection.began < open_[slowest].began)) slowest = socket;
    if (slowest) cut(slowest);
}

// libsoup sees the end of what it reads, and closes.
void Connections::cut(GSocket* socket) {
    auto& connection = open_.at(socket);
    connection.reading = false;
    connection.deadline = {};
    g_socket_shutdown(socket, TRUE, TRUE, nullptr);
}

void Connections::gotHeaders(SoupServerMessage* request, gpointer self) {
    auto& open = static_cast<Connections*>(self)->open_;
    if (const auto found = open.find(soup_server_message_get_socket(request)); found != open.end())
        found->second.deadline = {};
}

void Connections::gotBody(SoupServerMessage* request, gpointer self) {
    auto& open = static_cast<Connections*>(self)->open_;
    if (const auto found = open.find(soup_server_message_get_socket(request)); found != open.end())
        found->second.reading = false;
}

}
