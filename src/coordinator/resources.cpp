#include "coordinator/resources.hpp"

extern "C" { // generated for C
#include "catalogue_resources.h"
#include "webroot_resources.h"
}

namespace cloudretro::coordinator {

base::Ref<GBytes> builtIn(const std::string& path) {
    // Naming both keeps the linker from dropping them out of their static library.
    for (GResource* resource : {cloudretro_webroot_get_resource(), cloudretro_catalogue_get_resource()})
        if (GBytes* bytes =
                g_resource_lookup_data(resource, path.c_str(), G_RESOURCE_LOOKUP_FLAGS_NONE, nullptr))
            return base::Ref<GBytes>::adopt(bytes);
    return {};
}

std::string builtInText(const std::string& path) {
    const auto bytes = builtIn(path);
    if (!bytes) return {};
    gsize size = 0;
    const auto* text = static_cast<const char*>(g_bytes_get_data(bytes.get(), &size));
    return {text, size};
}

}
