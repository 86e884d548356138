#include "emulator/content.hpp"

#include "base/failure.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>

namespace cloudretro::emulator {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t maxBytes = 512u << 20; // the largest cartridge; discs are read from their path

base::Failure missing(const std::string& path) {
    return {"missing-game", "The game's file \"" + fs::path(path).filename().string() + "\" cannot be read.",
        "Look whether the file is still in the games folder, and readable, then reload the library."};
}

std::vector<char> readFile(const std::string& path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) throw missing(path);
    if (size > maxBytes)
        throw base::Failure("broken-game", "The game's file is larger than any cartridge.",
            "Look whether it is a file of another system, or a disc image for a core that reads discs.");
    std::vector<char> bytes(size);
    std::ifstream file(path, std::ios::binary);
    if (!file.read(bytes.data(), std::streamsize(bytes.size()))) throw missing(path);
    return bytes;
}

}

Content::Content(const std::string& path, bool wantsPath)
    : path_(path),
      directory_(fs::path(path).parent_path()),
      name_(fs::path(path).stem()),
      extension_(extensionOf(path)) {
    if (path.empty()) return;
    std::error_code none;
    if (!fs::is_regular_file(path, none) || !std::ifstream(path)) throw missing(path);
    if (!wantsPath) bytes_ = readFile(path);
    const void* data = wantsPath ? nullptr : bytes_.data();
    info_ = {.path = path_.c_str(), .data = data, .size = bytes_.size(), .meta = ""};
    extended_ = {.full_path = path_.c_str(),
        .archive_path = nullptr,
        .archive_file = nullptr,
        .dir = directory_.c_str(),
        .name = name_.c_str(),
        .ext = extension_.c_str(),
        .meta = "",
        .data = data,
        .size = bytes_.size(),
        .file_in_archive = false,
        .persistent_data = true};
}

std::string extensionOf(const std::string& path) {
    std::string extension = fs::path(path).extension();
    if (!extension.empty()) extension.erase(0, 1);
    std::transform(extension.begin(), extension.end(), extension.begin(),
        [](unsigned char c) { return std::tolower(c); });
    return extension;
}

}
