#pragma once
// The files of an export: in a folder, or in a .tar when the path ends so. Throws Failure "archive" when the
// disk, or the archive, is not as it should be.
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cloudretro::coordinator::store {

class ArchiveWriter {
public:
    static std::unique_ptr<ArchiveWriter> open(const std::filesystem::path& path);
    virtual ~ArchiveWriter() = default;
    virtual void add(const std::string& name, std::string_view bytes) = 0;
    virtual void finish() = 0; // before it, a .tar is not under its name
};

struct ArchiveEntry {
    std::string name; // "objects/…": with slashes, never absolute
    std::string bytes;
};

class ArchiveReader {
public:
    static std::unique_ptr<ArchiveReader> open(const std::filesystem::path& path);
    virtual ~ArchiveReader() = default;
    virtual std::optional<ArchiveEntry> next() = 0; // plain files only; nullopt: that was all
};

}
