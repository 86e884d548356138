#include "coordinator/player.hpp"

#include "base/glib.hpp"
#include "base/secret.hpp"

namespace cloudretro::coordinator {

std::string playerOf(const std::string& key) {
    if (key.empty()) return base::randomId(12);
    const base::Chars hash(g_compute_checksum_for_string(G_CHECKSUM_SHA256, key.c_str(), -1));
    return std::string(hash.get()).substr(0, 24);
}

std::string plainName(const std::string& name) {
    std::string plain;
    const char* next = nullptr;
    for (const char* at = name.c_str(); *at; at = next) {
        next = g_utf8_next_char(at);
        const auto c = g_utf8_get_char(at);
        if (g_unichar_isprint(c) && g_unichar_type(c) != G_UNICODE_FORMAT) plain.append(at, next);
    }
    return base::Chars(g_strstrip(g_strdup(plain.c_str()))).get();
}

bool isSaneName(const std::string& name) { return name.size() <= maxName && name.find('\0') == name.npos; }

}
