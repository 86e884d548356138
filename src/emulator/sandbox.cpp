#include "emulator/sandbox.hpp"

#include "base/failure.hpp"
#include "emulator/content.hpp"
#include "emulator/landlock.hpp"
#include "emulator/privileges.hpp"
#include "emulator/syscall_filter.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace cloudretro::emulator {
namespace {

namespace fs = std::filesystem;

// These translate games into machine code as they run.
const std::set<std::string> compilers{"desmume", "desmume2015", "flycast", "mednafen_psx", "mednafen_psx_hw",
    "melonds", "mupen64plus_next", "parallel_n64", "pcsx_rearmed", "ppsspp", "yabasanshiro"};

// These only list the files that hold the game, and those lie beside them.
const std::set<std::string> sheets{"cue", "m3u", "ccd", "gdi", "toc"};

std::string nameOf(const std::string& core) {
    std::string name = fs::path(core).stem();
    const std::string suffix = "_libretro";
    if (name.ends_with(suffix)) name.resize(name.size() - suffix.size());
    return name;
}

FileAccess accessFor(const protocol::Load& load) {
    FileAccess access;
    access.readable = {"/usr/lib", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/urandom",
        "/dev/random", "/dev/zero", "/dev/null", load.core, load.systemDir};
    access.readable.push_back(
        sheets.contains(extensionOf(load.file)) ? fs::path(load.file).parent_path().string() : load.file);
    access.writable = {load.saveDir};
    return access;
}

bool entered = false;

bool has(const std::vector<std::string>& layers, const char* layer) {
    return std::find(layers.begin(), layers.end(), layer) != layers.end();
}

}

Sandbox::Sandbox(const protocol::Load& load) : core_(nameOf(load.core)) {
    if (load.sandbox == "off") return;
    enter(load);
    if (load.sandbox != "strict" || (has(layers_, "landlock") && has(layers_, "seccomp"))) return;
    throw base::Failure("no-sandbox",
        "This server runs emulators only in a full sandbox, and its system lacks what that takes "
        "(seccomp and Landlock).",
        "Ask the server's owner to use a kernel, or a container, with both; or to allow less with "
        "--sandbox=auto.");
}

void Sandbox::enter(const protocol::Load& load) {
    entered = true;
    const auto add = [this](const char* layer, bool inForce) {
        if (inForce) layers_.emplace_back(layer);
        return inForce;
    };
    std::error_code none;
    const auto game = fs::file_size(load.file, none);
    add("limits", limitResources(none ? 0 : game));
    add("namespaces", leaveNamespaces());
    dropChances();
    const bool confined = add("landlock", confineFiles(accessFor(load)));
    add("user", confined && becomeNobody());
    add("capabilities", dropCapabilities(confined));
    add("seccomp", filterSyscalls());
}

std::string Sandbox::inWords() const {
    std::string words;
    for (const auto& layer : layers_) words += " " + layer;
    return words.empty() ? " none" : words;
}

void Sandbox::seal() {
    if (has(layers_, "seccomp") && !compilers.contains(core_) && forbidNewCode())
        layers_.emplace_back("no-new-code");
}

}

// AddressSanitizer's search for leaks at the end looks into the process as a debugger does.
extern "C" int __lsan_is_turned_off() { return cloudretro::emulator::entered; }
