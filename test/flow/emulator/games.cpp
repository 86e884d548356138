#include "games.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace cloudretro::test {
namespace {

namespace fs = std::filesystem;

struct Scratch {
    fs::path path = fs::temp_directory_path() / ("cloudretro-test-" + std::to_string(::getpid()));
    ~Scratch() { fs::remove_all(path); }
};

const fs::path& scratch() {
    static const Scratch folder;
    return folder.path;
}

protocol::Load load(const std::string& core, const std::string& file) {
    return {.core = core,
        .file = file,
        .systemDir = scratch() / "system",
        .saveDir = scratch() / "saves/deep",
        .options = {},
        .sandbox = "strict"};
}

}

std::string builtFile(const std::string& path) {
    const char* root = std::getenv("CLOUDRETRO_TEST_BUILD");
    if (!root) throw std::runtime_error("CLOUDRETRO_TEST_BUILD names no build folder");
    return fs::path(root) / "cores" / path;
}

protocol::Load testCard(const std::string& name) {
    return load(
        builtFile("test-lib/testcard_libretro.so"), builtFile("test-games/testcard/" + name + ".card"));
}

protocol::Load customCard(const std::string& name, const std::string& lines) {
    return load(builtFile("test-lib/testcard_libretro.so"), scratchFile(name + ".card", lines));
}

protocol::Load testRom(const std::string& file) {
    return load(installedCore("nestopia"), builtFile("test-games/nes/" + file));
}

protocol::Load ownGame(const std::string& core, const std::string& file) {
    return load(installedCore(core), builtFile("games/" + file));
}

protocol::Load padsRom() {
    return load(installedCore("mednafen_pce_fast"), builtFile("test-games/pcengine/pads.pce"));
}

protocol::Load stubRom(const std::string& core, const std::string& file, const std::string& bytes) {
    return load(installedCore(core), scratchFile(file, bytes));
}

std::string installedCore(const std::string& name) {
    for (const auto& folder : fs::directory_iterator("/usr/lib"))
        if (const auto file = folder.path() / "libretro" / (name + "_libretro.so"); fs::exists(file))
            return file;
    throw std::runtime_error("the core " + name + " is not installed");
}

std::string scratchFile(const std::string& name, const std::string& bytes) {
    fs::create_directories(scratch());
    const auto path = scratch() / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

}
