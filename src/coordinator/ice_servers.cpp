#include "coordinator/ice_servers.hpp"

#include "base/failure.hpp"
#include "base/secret.hpp"

#include <utility>

namespace cloudretro::coordinator {
namespace {

bool lacksCredentials(const protocol::IceServer& server) {
    return server.username.empty() && server.urls.front().starts_with("turn");
}

}

IceServers::IceServers(std::vector<protocol::IceServer> servers, std::string secret)
    : servers_(std::move(servers)),
      secret_(std::move(secret)) {
    if (!secret_.empty()) return;
    for (const auto& server : servers_)
        if (lacksCredentials(server))
            throw base::Failure("config",
                "Nobody could use " + server.urls.front() + ": it has no credentials.",
                "Give them as turn:user:password@host:port, or the secret that it knows by "
                "--turn-secret-file.");
}

std::vector<protocol::IceServer> IceServers::issue(Time now) const {
    auto servers = servers_;
    const auto expiry = std::chrono::duration_cast<std::chrono::seconds>((now + validity).time_since_epoch());
    for (auto& server : servers) {
        if (!lacksCredentials(server)) continue;
        server.username = std::to_string(expiry.count());
        server.credential = base::turnPassword(secret_, server.username);
    }
    return servers;
}

}
