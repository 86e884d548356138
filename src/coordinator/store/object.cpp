#include "coordinator/store/object.hpp"

#include "base/glib.hpp"

#include <algorithm>

namespace cloudretro::coordinator::store {

Object Object::of(std::string bytes) {
    auto hash = hashOf(bytes);
    return {std::move(hash), std::make_shared<const std::string>(std::move(bytes))};
}

std::string hashOf(std::string_view bytes) {
    return base::Chars(g_compute_checksum_for_data(
                           G_CHECKSUM_SHA256, reinterpret_cast<const guchar*>(bytes.data()), bytes.size()))
        .get();
}

bool isHash(std::string_view text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(),
                                    [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}
