#pragma once
// The STUN and TURN servers that a browser and a room are told, with credentials that hold for a while.
#include "cloudretro/protocol.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace cloudretro::coordinator {

// A relay would carry anything for whoever knows its password, and a page shows it to everybody. So TURN
// servers that share a secret with us let in whoever shows what we derived from it, until it expires:
// https://datatracker.ietf.org/doc/html/draft-uberti-behave-turn-rest-00, "use-auth-secret" of coturn.
class IceServers {
public:
    using Time = std::chrono::system_clock::time_point;

    // A credential is checked when a relay is asked for; who plays longer asks again, each hour.
    static constexpr std::chrono::hours validity{24};

    // Without a secret all are told as they are. Throws Failure "config" for a TURN server that then has no
    // credentials at all.
    explicit IceServers(std::vector<protocol::IceServer> servers, std::string secret = {});

    // For one connection; those that have a user of their own keep it.
    std::vector<protocol::IceServer> issue(Time now) const;

private:
    std::vector<protocol::IceServer> servers_;
    std::string secret_; // empty: none
};

}
