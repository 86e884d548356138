#include "worker/tar.hpp"

#include "../../temp_dir.hpp"
#include "base/files.hpp"
#include "base/glib.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace cloudretro;
using namespace cloudretro::worker;
using cloudretro::test::TempDir;
namespace fs = std::filesystem;

namespace {

la_ssize_t append(archive*, void* text, const void* bytes, std::size_t size) {
    static_cast<std::string*>(text)->append(static_cast<const char*>(bytes), size);
    return la_ssize_t(size);
}

// An archive as nobody of us would make it.
std::string forged(const std::string& name, unsigned type, const std::string& target = "") {
    std::string text;
    const base::Owned<archive, archive_write_free> tar(archive_write_new());
    archive_write_set_format_pax_restricted(tar.get());
    archive_write_open(tar.get(), &text, nullptr, append, nullptr);
    const base::Owned<archive_entry, archive_entry_free> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_filetype(entry.get(), type);
    archive_entry_set_perm(entry.get(), 0600);
    if (type == AE_IFLNK) archive_entry_set_symlink(entry.get(), target.c_str());
    if (type == AE_IFREG && !target.empty()) archive_entry_set_hardlink(entry.get(), target.c_str());
    archive_entry_set_size(entry.get(), 0);
    archive_write_header(tar.get(), entry.get());
    archive_write_close(tar.get());
    return text;
}

}

TEST_CASE("a folder comes back as it was, and the same files make the same archive") {
    const TempDir one, other;
    one.write("game.dsv", std::string("\0binary", 7));
    one.write("deep/er/notes.txt", "text");
    one.write("empty", "");
    const auto tar = packFolder(one.path);
    REQUIRE(tar);
    REQUIRE(unpackFolder(*tar, other.path));
    CHECK(base::readAll(other.path / "game.dsv") == std::string("\0binary", 7));
    CHECK(base::readAll(other.path / "deep/er/notes.txt") == "text");
    CHECK(fs::exists(other.path / "empty"));
    CHECK(packFolder(other.path) == tar);
}

TEST_CASE("what is no plain file is not packed") {
    const TempDir dir;
    dir.write("mine", "x");
    fs::create_symlink("/etc/passwd", dir.path / "theirs");
    fs::create_directory_symlink("/etc", dir.path / "folder");
    const TempDir other;
    REQUIRE(unpackFolder(packFolder(dir.path).value(), other.path));
    CHECK(std::distance(fs::directory_iterator(other.path), {}) == 1);
    CHECK_FALSE(packFolder("/nowhere"));
}

TEST_CASE("an archive with other places, links or devices in it is refused, and so is what is none") {
    const TempDir dir;
    const auto inside = dir.path / "inside";
    fs::create_directory(inside);
    for (const auto* name : {"../outside", "/tmp/outside", "a/../../outside", "..", "a/b/c/d/e/f/g/h/i"}) {
        INFO(name);
        CHECK_FALSE(unpackFolder(forged(name, AE_IFREG), inside));
    }
    CHECK_FALSE(unpackFolder(forged("link", AE_IFLNK, "/etc/passwd"), inside));
    CHECK_FALSE(unpackFolder(forged("hard", AE_IFREG, "/etc/passwd"), inside));
    CHECK_FALSE(unpackFolder(forged("fifo", AE_IFIFO), inside));
    CHECK_FALSE(unpackFolder("no archive", inside));
    CHECK(unpackFolder(forged("good", AE_IFREG), inside));
    CHECK(std::distance(fs::recursive_directory_iterator(dir.path), {}) == 2);
}

TEST_CASE("too many files are not packed") {
    const TempDir dir;
    for (std::size_t i = 0; i <= maxTarFiles; ++i) dir.write(std::to_string(i), "");
    CHECK_FALSE(packFolder(dir.path));
}
