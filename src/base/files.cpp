#include "base/files.hpp"

#include "base/glib.hpp"

#include <fstream>
#include <iterator>

namespace cloudretro::base {

std::string readAll(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string writeWhole(const std::filesystem::path& file, std::string_view bytes) {
    Error error;
    const bool done = g_file_set_contents_full(file.c_str(), bytes.data(), gssize(bytes.size()),
        G_FILE_SET_CONTENTS_CONSISTENT, 0600, ErrorSlot(error));
    return done ? std::string() : error->message;
}

}
