// A hostile core, and cores that are none, in the sandbox.
#include "emulator_process.hpp"
#include "games.hpp"
#include "test_card.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace cloudretro;
using namespace cloudretro::test;

namespace {

namespace fs = std::filesystem;

protocol::Load deedCard(const std::string& deed, const std::string& more = "") {
    return customCard(deed, "deed=" + deed + "\n" + more);
}

// A line of proc(5)'s status without its name.
std::string status(int pid, const std::string& name) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    std::string line;
    while (std::getline(file, line))
        if (line.starts_with(name + ":")) return line.substr(line.find_first_not_of(" \t", name.size() + 1));
    return "";
}

bool has(const std::vector<std::string>& layers, const char* layer) {
    return std::find(layers.begin(), layers.end(), layer) != layers.end();
}

// While it lives, the emulators that start find no such thing in their kernel (main.cpp).
struct Without {
    explicit Without(const char* what) { ::setenv("CLOUDRETRO_TEST_WITHOUT", what, 1); }
    ~Without() { ::unsetenv("CLOUDRETRO_TEST_WITHOUT"); }
};

}

TEST_CASE("the layers of the sandbox are in force while a game runs, and told") {
    EmulatorProcess emulator(testCard("plain"));
    CHECK(status(emulator.pid(), "Seccomp") == "0"); // it does not know its game yet
    emulator.awaitFrames(3);
    const auto& layers = emulator.loaded->sandbox;
    CHECK(has(layers, "limits"));
    CHECK(has(layers, "landlock"));
    CHECK(has(layers, "seccomp"));
    CHECK(has(layers, "no-new-code"));
    CHECK(status(emulator.pid(), "Seccomp") == "2");
    CHECK(status(emulator.pid(), "NoNewPrivs") == "1");
    CHECK(status(emulator.pid(), "Uid").find("0\t") != 0); // not root, whoever started it
}

TEST_CASE("what a core must not do fails, and the game goes on") {
    const std::string deed = GENERATE("read-passwd", "read-proc", "list-root", "write-tmp", "connect", "fork",
        "kill-parent", "kill-by-descriptor", "new-code", "shrink", "thread");
    INFO(deed);
    EmulatorProcess emulator(deedCard(deed));
    emulator.await([&] { return emulator.frames.size() > 20; });
    CHECK(cell(emulator.picture, 24) == green);
}

TEST_CASE("the same holds while the core is loaded") {
    const std::string deed = GENERATE("read-passwd", "connect", "fork", "kill-parent");
    INFO(deed);
    EmulatorProcess emulator(deedCard(deed, "atLoad=true\n"));
    emulator.awaitFrames(3);
    CHECK_FALSE(emulator.trouble);
}

TEST_CASE("without the sandbox the same deeds work: the test can tell") {
    const std::string deed = GENERATE("read-passwd", "connect", "fork", "kill-parent", "new-code");
    INFO(deed);
    auto load = deedCard(deed);
    load.sandbox = "off";
    EmulatorProcess emulator(load);
    emulator.await([&] { return emulator.frames.size() > 20; });
    CHECK(cell(emulator.picture, 24) == red);
    CHECK(emulator.loaded->sandbox.empty());
}

TEST_CASE("what only an attack does ends the process at once") {
    const std::string deed = GENERATE("exec", "ptrace");
    EmulatorProcess emulator(deedCard(deed));
    const auto exit = emulator.awaitExit();
    CHECK(exit.bySignal);
    CHECK(exit.code == SIGSYS);
}

#ifndef __SANITIZE_ADDRESS__ // it takes terabytes for itself
TEST_CASE("a core that fills the memory hits its limit") {
    EmulatorProcess emulator(deedCard("fill-memory"));
    const auto exit = emulator.awaitExit();
    CHECK(exit.bySignal);
    CHECK(exit.code == SIGABRT);
}
#endif

TEST_CASE("a core may keep files in its save folder, and read a game that is nobody else's business") {
    auto load = customCard("private", "directories=true\n");
    ::chmod(load.file.c_str(), 0600);
    const auto folder = scratchFile("closed", "");
    fs::remove(folder);
    load.saveDir = folder + "/saves";
    fs::create_directories(load.saveDir);
    ::chmod(folder.c_str(), 0700); // as the home of root is
    EmulatorProcess emulator(load);
    emulator.awaitFrames(3);
    CHECK(cell(emulator.picture, 28) == green);
    CHECK(fs::file_size(load.saveDir + "/testcard.txt") > 0);
}

TEST_CASE("a strict sandbox needs a kernel that has it, and the player reads that") {
    const Without missing(GENERATE("landlock", "seccomp"));
    EmulatorProcess emulator(testCard("plain"));
    const auto exit = emulator.awaitExit();
    CHECK(exit.code == EXIT_FAILURE);
    REQUIRE(emulator.trouble);
    CHECK(emulator.trouble->code == "no-sandbox");
    CHECK(emulator.trouble->remedy.back() == '.');
}

TEST_CASE("an automatic sandbox takes what the kernel has") {
    const std::string missing = GENERATE("landlock", "seccomp");
    const Without here(missing.c_str());
    auto load = deedCard("connect");
    load.sandbox = "auto";
    EmulatorProcess emulator(load);
    emulator.await([&] { return emulator.frames.size() > 20; });
    const auto& layers = emulator.loaded->sandbox;
    CHECK_FALSE(has(layers, missing.c_str()));
    CHECK(has(layers, missing == "landlock" ? "seccomp" : "landlock"));
}
