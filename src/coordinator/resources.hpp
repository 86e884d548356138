#pragma once
// Files that are compiled into the binary: the web client and the catalogue.
#include "base/glib.hpp"

#include <string>

namespace cloudretro::coordinator {

// Empty reference: there is no such file. The bytes live as long as the process.
base::Ref<GBytes> builtIn(const std::string& path);

std::string builtInText(const std::string& path);

}
