#include "room/fingerprint.hpp"

#include "base/glib.hpp"

#include <cctype>

namespace cloudretro::room {
namespace {

std::string capitals(std::string_view text) {
    std::string made(text);
    for (auto& c : made) c = char(std::toupper(static_cast<unsigned char>(c)));
    return made;
}

void collect(const char* attribute, std::vector<std::string>& into) {
    constexpr std::string_view sha256 = "SHA-256 ";
    if (!attribute) return;
    const auto value = capitals(attribute);
    if (value.starts_with(sha256)) into.push_back(value.substr(sha256.size()));
}

}

std::vector<std::string> fingerprintsOf(const GstSDPMessage* description) {
    std::vector<std::string> all;
    collect(gst_sdp_message_get_attribute_val(description, "fingerprint"), all);
    for (guint i = 0; i < gst_sdp_message_medias_len(description); ++i)
        collect(
            gst_sdp_media_get_attribute_val(gst_sdp_message_get_media(description, i), "fingerprint"), all);
    return all;
}

std::string fingerprintOf(std::string_view pem) {
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----", end = "-----END CERTIFICATE-----";
    const auto from = pem.find(begin), to = pem.find(end);
    if (from == pem.npos || to == pem.npos || to < from) return {};
    const std::string body(pem.substr(from + begin.size(), to - from - begin.size()));
    gsize size = 0;
    const base::Owned<guchar, g_free> der(g_base64_decode(body.c_str(), &size));
    const base::Chars digest(g_compute_checksum_for_data(G_CHECKSUM_SHA256, der.get(), size));
    std::string colons;
    for (const char* hex = digest.get(); *hex; hex += 2) {
        if (!colons.empty()) colons += ':';
        colons.append(hex, 2);
    }
    return capitals(colons);
}

}
