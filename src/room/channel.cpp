#include "room/channel.hpp"

namespace cloudretro::room {

constexpr guint64 mostWaiting = 1024; // bytes

void sendIfNow(GObject* channel, std::span<const std::byte> bytes) {
    GstWebRTCDataChannelState state{};
    guint64 waiting = 0;
    g_object_get(channel, "ready-state", &state, "buffered-amount", &waiting, nullptr);
    if (state != GST_WEBRTC_DATA_CHANNEL_STATE_OPEN || waiting > mostWaiting) return;
    const auto copy = base::Ref<GBytes>::adopt(g_bytes_new(bytes.data(), bytes.size()));
    gst_webrtc_data_channel_send_data(GST_WEBRTC_DATA_CHANNEL(channel), copy.get());
}

}
