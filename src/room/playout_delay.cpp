#include "room/playout_delay.hpp"

#include <gst/rtp/rtp.h>

#include <cstring>

namespace {

// GObject wants C names and a C layout; the type name must be unique in the process.
struct CloudretroPlayoutDelay {
    GstRTPHeaderExtension parent;
};
struct CloudretroPlayoutDelayClass {
    GstRTPHeaderExtensionClass parent;
};

constexpr gsize payloadBytes = 3; // two 12-bit values, in units of 10 ms

GstRTPHeaderExtensionFlags supportedFlags(GstRTPHeaderExtension*) {
    return GstRTPHeaderExtensionFlags(GST_RTP_HEADER_EXTENSION_ONE_BYTE | GST_RTP_HEADER_EXTENSION_TWO_BYTE);
}

gsize maxSize(GstRTPHeaderExtension*, const GstBuffer*) { return payloadBytes; }

gssize writeZeros(GstRTPHeaderExtension*, const GstBuffer*, GstRTPHeaderExtensionFlags, GstBuffer*,
    guint8* data, gsize size) {
    if (size < payloadBytes) return -1;
    std::memset(data, 0, payloadBytes);
    return gssize(payloadBytes);
}

gboolean readNothing(GstRTPHeaderExtension*, GstRTPHeaderExtensionFlags, const guint8*, gsize, GstBuffer*) {
    return TRUE;
}

G_DEFINE_TYPE(CloudretroPlayoutDelay, cloudretro_playout_delay, GST_TYPE_RTP_HEADER_EXTENSION)

void cloudretro_playout_delay_class_init(CloudretroPlayoutDelayClass* klass) {
    auto* extension = GST_RTP_HEADER_EXTENSION_CLASS(klass);
    extension->get_supported_flags = supportedFlags;
    extension->get_max_size = maxSize;
    extension->write = writeZeros;
    extension->read = readNothing;
    gst_element_class_set_static_metadata(GST_ELEMENT_CLASS(klass), "Playout delay 0",
        GST_RTP_HDREXT_ELEMENT_CLASS, "Asks the receiver to show pictures at once", "Cloudretro");
    gst_rtp_header_extension_class_set_uri(extension, cloudretro::room::playoutDelayUri);
}

void cloudretro_playout_delay_init(CloudretroPlayoutDelay*) {}

}

namespace cloudretro::room {

base::Ref<GstElement> makePlayoutDelay() {
    auto* extension = GST_RTP_HEADER_EXTENSION(g_object_new(cloudretro_playout_delay_get_type(), nullptr));
    gst_rtp_header_extension_set_id(extension, playoutDelayId);
    return base::Ref<GstElement>::sink(GST_ELEMENT(extension));
}

}
