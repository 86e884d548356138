#include "room/ice.hpp"

#include <agent.h>

namespace cloudretro::room {
namespace {

using base::Ref;

// webrtcbin wants stun://host:port and turn://user:password@host:port; browsers write stun:host:port.
std::string gstUrl(const std::string& url, const protocol::IceServer& server) {
    const auto colon = url.find(':');
    if (colon == std::string::npos) return {};
    const auto scheme = url.substr(0, colon), rest = url.substr(colon + 1);
    if (scheme == "stun") return "stun://" + rest;
    if (scheme != "turn" && scheme != "turns") return {};
    const auto escape = [](const std::string& text) {
        return std::string(base::Chars(g_uri_escape_string(text.c_str(), nullptr, FALSE)).get());
    };
    return scheme + "://" + escape(server.username) + ":" + escape(server.credential) + "@" + rest;
}

}

void configureIce(GstElement* webrtc, const Ports& ports, const std::vector<protocol::IceServer>& servers) {
    GObject *ice = nullptr, *agent = nullptr;
    g_object_get(webrtc, "ice-agent", &ice, nullptr);
    const auto iceOwner = Ref<GObject>::adopt(ice);
    g_object_set(ice, "ice-tcp", FALSE, nullptr); // saves a listener for each address
    if (ports.last) g_object_set(ice, "min-rtp-port", ports.first, "max-rtp-port", ports.last, nullptr);
    g_object_get(ice, "agent", &agent, nullptr);
    const auto agentOwner = Ref<GObject>::adopt(agent);
    // keepalive-conncheck: otherwise a browser that vanished is never noticed.
    g_object_set(agent, "upnp", FALSE, "keepalive-conncheck", TRUE, nullptr);

    if (ports.relayed) {
        NiceAddress loopback;
        nice_address_init(&loopback);
        nice_address_set_from_string(&loopback, "127.0.0.1");
        nice_agent_add_local_address(NICE_AGENT(agent), &loopback);
        return; // no other way is of use
    }
    for (const auto& server : servers)
        for (const auto& url : server.urls) {
            const auto gst = gstUrl(url, server);
            gboolean added = FALSE;
            if (gst.starts_with("stun://"))
                g_object_set(webrtc, "stun-server", gst.c_str(), nullptr);
            else if (!gst.empty())
                g_signal_emit_by_name(webrtc, "add-turn-server", gst.c_str(), &added);
        }
}

}
