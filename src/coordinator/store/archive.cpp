#include "coordinator/store/archive.hpp"

#include "base/failure.hpp"
#include "base/glib.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>

namespace cloudretro::coordinator::store {
namespace {

namespace fs = std::filesystem;

// Larger than any object, and than the list of a hundred thousand saves.
constexpr std::int64_t maxEntryBytes = 128 << 20;

[[noreturn]] void fail(const fs::path& path, const std::string& reason) {
    throw base::Failure("archive", path.string() + ": " + reason + ".",
        "Check the path, the rights and the free space; a folder or a .tar that \"cloudretro saves export\" "
        "made is "
        "what can be imported.");
}

class FolderWriter : public ArchiveWriter {
public:
    explicit FolderWriter(fs::path path) : path_(std::move(path)) {}

    void add(const std::string& name, std::string_view bytes) override {
        const auto file = path_ / name;
        std::error_code error;
        fs::create_directories(file.parent_path(), error); // if it fails, so does the file, which says why
        base::Error failed;
        if (!g_file_set_contents_full(file.c_str(), bytes.data(), gssize(bytes.size()),
                GFileSetContentsFlags(G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE), 0600,
                base::ErrorSlot(failed)))
            fail(path_, failed->message);
    }
    void finish() override {}

private:
    const fs::path path_;
};

class TarWriter : public ArchiveWriter {
public:
    explicit TarWriter(const fs::path& path) : path_(path), part_(path.string() + ".part") {
        check(archive_write_set_format_pax_restricted(tar_.get()));
        check(archive_write_open_filename(tar_.get(), part_.c_str()));
    }
    ~TarWriter() override {
        std::error_code ignored;
        if (!finished_) fs::remove(part_, ignored);
    }

    void add(const std::string& name, std::string_view bytes) override {
        const base::Owned<archive_entry, archive_entry_free> entry(archive_entry_new());
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_size(entry.get(), la_int64_t(bytes.size()));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0600);
        archive_entry_set_mtime(entry.get(), std::time(nullptr), 0);
        check(archive_write_header(tar_.get(), entry.get()));
        if (archive_write_data(tar_.get(), bytes.data(), bytes.size()) != la_ssize_t(bytes.size()))
            check(ARCHIVE_FATAL);
    }
    void finish() override {
        check(archive_write_close(tar_.get()));
        std::error_code error;
        fs::rename(part_, path_, error);
        if (error) fail(path_, error.message());
        finished_ = true;
    }

private:
    void check(int code) const {
        if (code != ARCHIVE_OK) fail(path_, archive_error_string(tar_.get()));
    }

    const fs::path path_, part_;
    const base::Owned<archive, archive_write_free> tar_{archive_write_new()};
    bool finished_ = false;
};

class FolderReader : public ArchiveReader {
public:
    explicit FolderReader(const fs::path& path) : path_(path) {
        std::error_code error;
        at_ = fs::recursive_directory_iterator(path, error);
        if (error) fail(path, error.message());
    }

    std::optional<ArchiveEntry> next() override {
        for (; at_ != fs::recursive_directory_iterator(); step()) {
            if (!at_->is_regular_file()) continue;
            ArchiveEntry entry{at_->path().lexically_relative(path_).generic_string(), read(at_->path())};
            step();
            return entry;
        }
        return std::nullopt;
    }

private:
    void step() {
        std::error_code error;
        at_.increment(error);
        if (error) fail(path_, error.message());
    }
    std::string read(const fs::path& file) const {
        std::error_code error;
        if (fs::file_size(file, error) > std::uintmax_t(maxEntryBytes) || error)
            fail(file, "too large, or gone");
        std::ifstream in(file, std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (!in) fail(file, std::strerror(errno));
        return bytes;
    }

    const fs::path path_;
    fs::recursive_directory_iterator at_;
};

class TarReader : public ArchiveReader {
public:
    explicit TarReader(fs::path path) : path_(std::move(path)) {
        check(archive_read_support_format_tar(tar_.get()));
        check(archive_read_open_filename(tar_.get(), path_.c_str(), 1 << 16));
    }

    std::optional<ArchiveEntry> next() override {
        archive_entry* header = nullptr;
        for (int code = 0; (code = archive_read_next_header(tar_.get(), &header)) != ARCHIVE_EOF;) {
            check(code);
            const char* name = archive_entry_pathname(header);
            if (archive_entry_filetype(header) != AE_IFREG || !name) continue;
            const auto size = archive_entry_size(header);
            if (size < 0 || size > maxEntryBytes) fail(path_, std::string(name) + " is too large");
            ArchiveEntry entry{
                fs::path(name).lexically_normal().generic_string(), std::string(std::size_t(size), '\0')};
            if (archive_read_data(tar_.get(), entry.bytes.data(), entry.bytes.size()) != la_ssize_t(size))
                fail(path_, std::string(name) + " is cut off");
            return entry;
        }
        return std::nullopt;
    }

private:
    void check(int code) const {
        if (code != ARCHIVE_OK) fail(path_, archive_error_string(tar_.get()));
    }

    const fs::path path_;
    const base::Owned<archive, archive_read_free> tar_{archive_read_new()};
};

bool isTar(const fs::path& path) { return path.extension() == ".tar"; }

}

std::unique_ptr<ArchiveWriter> ArchiveWriter::open(const fs::path& path) {
    if (isTar(path)) return std::make_unique<TarWriter>(path);
    return std::make_unique<FolderWriter>(path);
}

std::unique_ptr<ArchiveReader> ArchiveReader::open(const fs::path& path) {
    if (isTar(path)) return std::make_unique<TarReader>(path);
    return std::make_unique<FolderReader>(path);
}

}
