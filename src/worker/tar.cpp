#include "worker/tar.hpp"

#include "base/fd.hpp"
#include "base/files.hpp"
#include "base/glib.hpp"
#include "base/plain_name.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <system_error>

namespace cloudretro::worker {
namespace {

namespace fs = std::filesystem;

using Reader = base::Owned<archive, archive_read_free>;
using Writer = base::Owned<archive, archive_write_free>;

constexpr int deepest = 8; // folders

// Nothing but a plain file is opened; nullopt when it is none, or larger than `most`.
std::optional<std::string> readPlain(const fs::path& path, std::size_t most) {
    const base::Fd file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat facts {};
    if (!file || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
    if (std::size_t(facts.st_size) > most) return std::nullopt;
    std::string bytes(std::size_t(facts.st_size), '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
        const auto got = ::read(file.get(), bytes.data() + have, bytes.size() - have);
        if (got <= 0) break;
        have += std::size_t(got);
    }
    bytes.resize(have);
    return bytes;
}

// By name, so that their order is always the same.
std::optional<std::map<std::string, std::string>> readFolder(const fs::path& dir) {
    std::map<std::string, std::string> files;
    std::size_t bytes = 0;
    std::error_code error;
    auto at = fs::recursive_directory_iterator(dir, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        if (at.depth() >= deepest) return std::nullopt;
        if (!fs::is_regular_file(at->symlink_status())) continue;
        auto content = readPlain(at->path(), maxTarBytes - bytes);
        if (!content || files.size() == maxTarFiles) return std::nullopt;
        bytes += content->size();
        files[at->path().lexically_relative(dir).generic_string()] = std::move(*content);
    }
    if (error) return std::nullopt;
    return files;
}

la_ssize_t append(archive*, void* text, const void* bytes, std::size_t size) {
    static_cast<std::string*>(text)->append(static_cast<const char*>(bytes), size);
    return la_ssize_t(size);
}

bool add(archive* tar, const std::string& name, const std::string& bytes) {
    const base::Owned<archive_entry, archive_entry_free> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), la_int64_t(bytes.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_mtime(entry.get(), 0, 0);
    return archive_write_header(tar, entry.get()) == ARCHIVE_OK &&
           archive_write_data(tar, bytes.data(), bytes.size()) == la_ssize_t(bytes.size());
}

// A way down from the folder, in plain names.
std::optional<fs::path> placeOf(const char* name) {
    if (!name) return std::nullopt;
    const fs::path path(name);
    const auto parts = std::distance(path.begin(), path.end());
    if (parts < 1 || parts > deepest) return std::nullopt;
    if (!std::all_of(
            path.begin(), path.end(), [](const fs::path& p) { return base::isPlainName(p.native()); }))
        return std::nullopt;
    return path;
}

bool writeEntry(archive* tar, archive_entry* entry, const fs::path& file) {
    std::string bytes(std::size_t(archive_entry_size(entry)), '\0');
    if (archive_read_data(tar, bytes.data(), bytes.size()) != la_ssize_t(bytes.size())) return false;
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    return !error && base::writeWhole(file, bytes).empty();
}

}

std::optional<std::string> packFolder(const fs::path& dir) {
    const auto files = readFolder(dir);
    if (!files) return std::nullopt;
    std::string text;
    const Writer tar(archive_write_new());
    bool good = archive_write_set_format_pax_restricted(tar.get()) == ARCHIVE_OK &&
                archive_write_open(tar.get(), &text, nullptr, append, nullptr) == ARCHIVE_OK;
    for (const auto& [name, bytes] : *files) good = good && add(tar.get(), name, bytes);
    good = good && archive_write_close(tar.get()) == ARCHIVE_OK && text.size() <= maxTarBytes;
    return good ? std::optional(std::move(text)) : std::nullopt;
}

bool unpackFolder(std::string_view text, const fs::path& dir) {
    const Reader tar(archive_read_new());
    if (archive_read_support_format_tar(tar.get()) != ARCHIVE_OK ||
        archive_read_open_memory(tar.get(), text.data(), text.size()) != ARCHIVE_OK)
        return false;
    archive_entry* entry = nullptr;
    std::size_t files = 0, left = maxTarBytes;
    for (int code = 0; (code = archive_read_next_header(tar.get(), &entry)) != ARCHIVE_EOF;) {
        const auto place = placeOf(archive_entry_pathname(entry));
        const auto size = archive_entry_size(entry);
        const bool plain = code == ARCHIVE_OK && archive_entry_filetype(entry) == AE_IFREG && place &&
                           !archive_entry_hardlink(entry) && size >= 0 && std::size_t(size) <= left;
        if (!plain || ++files > maxTarFiles || !writeEntry(tar.get(), entry, dir / *place)) return false;
        left -= std::size_t(size);
    }
    return true;
}

}
