#include "coordinator/web_files.hpp"

#include "base/failure.hpp"
#include "coordinator/resources.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

namespace cloudretro::coordinator {
namespace {

namespace fs = std::filesystem;

std::string typeOf(const fs::path& path) {
    static const std::map<std::string, std::string> types{{".html", "text/html; charset=utf-8"},
        {".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
        {".json", "application/json"}, {".webmanifest", "application/manifest+json"},
        {".svg", "image/svg+xml"}, {".png", "image/png"}, {".webp", "image/webp"}, {".jpg", "image/jpeg"},
        {".ico", "image/x-icon"}, {".woff2", "font/woff2"}, {".txt", "text/plain; charset=utf-8"}};
    const auto type = types.find(path.extension());
    return type == types.end() ? "application/octet-stream" : type->second;
}

// Every part of the path is a plain, visible name.
bool isPlain(const std::string& path) {
    return path.starts_with('/') && path.find("/.") == path.npos && path.find("//") == path.npos &&
           path.find('\\') == path.npos && path.find('\0') == path.npos && !path.ends_with('/');
}

std::string etagOf(GBytes* bytes) {
    return "\"" + std::string(base::Chars(g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes)).get(), 20) +
           "\"";
}

}

WebFiles::WebFiles(const std::string& folder) {
    if (folder.empty()) return;
    std::error_code error;
    folder_ = fs::canonical(folder, error);
    if (error)
        throw base::Failure("config",
            "The web client's folder " + folder + " cannot be read: " + error.message() + ".",
            "Correct --webroot, or leave it out to use the built-in files.");
}

std::optional<HttpAnswer> WebFiles::find(const std::string& path) const {
    if (!isPlain(path)) return std::nullopt;
    auto bytes = read(path);
    if (!bytes) return std::nullopt;
    auto etag = etagOf(bytes.get());
    return HttpAnswer{200, typeOf(path), std::move(bytes), std::move(etag)};
}

base::Ref<GBytes> WebFiles::read(const std::string& path) const {
    if (folder_.empty()) return builtIn("/cloudretro/webroot" + path);
    std::error_code error;
    const auto file = fs::canonical(folder_ / path.substr(1), error); // where a link in there leads
    if (error || !fs::is_regular_file(file, error) || !file.string().starts_with(folder_.string() + "/"))
        return {};
    std::ifstream stream(file, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(stream), {}};
    return base::Ref<GBytes>::adopt(g_bytes_new(content.data(), content.size()));
}

}
