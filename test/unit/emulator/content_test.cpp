#include "emulator/content.hpp"

#include "base/failure.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

using cloudretro::base::Failure;
using cloudretro::emulator::Content;
using cloudretro::emulator::extensionOf;

namespace {

struct File {
    std::filesystem::path path = std::filesystem::temp_directory_path() / "A game (Europe).v1.NES";
    explicit File(const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }
    ~File() { std::filesystem::remove(path); }
};

std::string codeOf(const std::string& path) {
    try {
        const Content content(path, true);
        return "";
    } catch (const Failure& failure) { return failure.trouble().code; }
}

}

TEST_CASE("a file is given as bytes and as path") {
    const File file("NES\x1a");
    const Content content(file.path, false);
    REQUIRE(content.info());
    CHECK(content.info()->path == file.path.string());
    CHECK(std::string(static_cast<const char*>(content.info()->data), content.info()->size) == "NES\x1a");
    CHECK(content.extended()->dir == file.path.parent_path().string());
    CHECK(content.extended()->name == std::string("A game (Europe).v1"));
    CHECK(content.extended()->ext == std::string("nes"));
    CHECK(content.extended()->data == content.info()->data);
}

TEST_CASE("a core that wants only the path gets only the path") {
    const File file("a disc");
    const Content content(file.path, true);
    CHECK(content.info()->path == file.path.string());
    CHECK(content.info()->data == nullptr);
    CHECK(content.info()->size == 0);
}

TEST_CASE("no path is no game") { CHECK(Content("", false).info() == nullptr); }

TEST_CASE("a file that is not there is a missing game, whoever would read it") {
    CHECK(codeOf("/nowhere/game.nes") == "missing-game");
    CHECK(codeOf("/tmp") == "missing-game");
}

TEST_CASE("a file larger than any cartridge is not read") {
    const File file("");
    std::filesystem::resize_file(file.path, (512u << 20) + 1);
    CHECK_THROWS_AS(Content(file.path, false), Failure);
    CHECK_NOTHROW(Content(file.path, true));
}

TEST_CASE("extensions are compared in lower case") {
    CHECK(extensionOf("/games/nes/A.B.NES") == "nes");
    CHECK(extensionOf("/games/nes.old/none") == "");
    CHECK(extensionOf("") == "");
}
