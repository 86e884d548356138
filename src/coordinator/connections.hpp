#pragma once
// How long and how many clients may keep a server waiting: libsoup itself waits for ever, and for all.
#include "base/glib.hpp"
#include "base/loop.hpp"
#include "base/when_gone.hpp"

#include <libsoup/soup.h>

#include <chrono>
#include <cstddef>
#include <map>

namespace cloudretro::coordinator {

// Lives on the loop, as long as the server. Counts every connection, WebSockets too.
class Connections {
public:
    struct Limits {
        std::chrono::milliseconds headers =
            std::chrono::seconds(20); // until a request's headers are all there
        std::size_t most =
            fromFileLimit(); // when more come, the one whose request has taken longest so far goes
    };

    Connections(SoupServer* server, Limits limits);

    std::size_t count(); // those that are open now

    // As many as this process may have files open, less what it needs itself.
    static std::size_t fromFileLimit();

private:
    struct Connection {
        std::chrono::steady_clock::time_point began; // its request
        bool reading = false;                        // the request is not all here
        base::Watch deadline;
        base::WhenGone gone;
    };

    void started(SoupServerMessage* request);
    void makeWay();
    void cut(GSocket* socket);
    static void gotHeaders(SoupServerMessage*, gpointer self);
    static void gotBody(SoupServerMessage*, gpointer self);

    const Limits limits_;
    // libsoup's sockets, as long as they live. libsoup 3.2 keeps for ever what ended before its request did,
    // closed.
    std::map<GSocket*, Connection> open_;
    base::Connection starting_;
};

}
