#include "emulator_process.hpp"
#include "games.hpp"

#include <catch2/catch.hpp>
#include <libretro.h>

#include <filesystem>
#include <fstream>

using namespace cloudretro;
using namespace cloudretro::test;
using Catch::Matchers::Contains;

namespace {

protocol::Trouble troubleOf(const protocol::Load& load) {
    EmulatorProcess emulator(load);
    const auto exit = emulator.awaitExit();
    CHECK_FALSE(exit.bySignal);
    CHECK(exit.code == EXIT_FAILURE);
    CHECK_FALSE(emulator.loaded);
    REQUIRE(emulator.trouble);
    CHECK(emulator.trouble->message.back() == '.');
    CHECK(emulator.trouble->remedy.back() == '.');
    return *emulator.trouble;
}

}

TEST_CASE("a core that is not installed is named, with what to install") {
    auto load = testCard("plain");
    load.core = "/nowhere/dreamcore_libretro.so";
    const auto trouble = troubleOf(load);
    CHECK(trouble.code == "missing-core");
    CHECK_THAT(trouble.remedy, Contains("dreamcore_libretro.so"));
}

TEST_CASE("a file that is no core is a broken core") {
    auto load = testCard("plain");
    load.core = scratchFile("text_libretro.so", "This is no program.");
    CHECK(troubleOf(load).code == "broken-core");
}

TEST_CASE("a library that is no core is a broken core") {
    auto load = testCard("plain");
    load.core = "/proc/self/exe";
    CHECK(troubleOf(load).code == "broken-core");
}

TEST_CASE("a game that is not there is a missing game") {
    auto load = testCard("plain");
    load.file = "/nowhere/lost.card";
    const auto trouble = troubleOf(load);
    CHECK(trouble.code == "missing-game");
    CHECK_THAT(trouble.message, Contains("lost.card"));
    load.file = "";
    CHECK(troubleOf(load).code == "missing-game");
}

TEST_CASE("a game that the core refuses is explained in the core's words") {
    const auto trouble = troubleOf(testCard("refuses"));
    CHECK(trouble.code == "broken-game");
    CHECK_THAT(trouble.message, Contains("This game needs a machine that was never built."));
    CHECK(troubleOf(testCard("malformed")).code == "broken-game");
}

TEST_CASE("a broken ROM is refused") {
    const auto trouble = troubleOf(stubRom("nestopia", "broken.nes", "This is no game."));
    CHECK(trouble.code == "broken-game");
    CHECK_THAT(trouble.message, Contains("broken.nes"));
}

TEST_CASE("a missing BIOS is named, and with it the game runs") {
    const auto load = testCard("bios");
    std::filesystem::remove(load.systemDir + "/testcard.bin");
    const auto trouble = troubleOf(load);
    CHECK(trouble.code == "missing-firmware");
    CHECK_THAT(trouble.message, Contains("testcard.bin"));

    std::ofstream(load.systemDir + "/testcard.bin") << "here";
    EmulatorProcess emulator(load);
    emulator.awaitFrames(3);
}

TEST_CASE("a picture larger than a slot is refused") {
    CHECK(troubleOf(customCard("large", "width=2049\nheight=8\n")).code == "picture-too-large");
}

TEST_CASE("a picture that grows larger than a slot ends the game") {
    EmulatorProcess emulator(customCard("growing", "geometryAfter=10\nnewWidth=4000\nnewHeight=16\n"));
    emulator.await([&] { return emulator.trouble.has_value(); });
    CHECK(emulator.trouble->code == "picture-too-large");
    CHECK_THAT(emulator.trouble->message, Contains("4000 x 16"));
    CHECK(emulator.awaitExit().code == EXIT_FAILURE);
}

TEST_CASE("a room of another version is refused") {
    EmulatorProcess emulator(EmulatorProcess::WrongMagic{});
    emulator.send(testCard("plain"));
    CHECK(emulator.awaitExit().code == EXIT_FAILURE);
    REQUIRE(emulator.trouble);
    CHECK(emulator.trouble->code == "broken-installation");
}

TEST_CASE("a crash ends the process, and says so by its signal") {
    EmulatorProcess emulator(testCard("traps"));
    emulator.awaitFrames(3);
    emulator.press(0, 1 << RETRO_DEVICE_ID_JOYPAD_SELECT);
    const auto exit = emulator.awaitExit();
    CHECK(exit.bySignal);
    CHECK_FALSE(emulator.trouble);
}

TEST_CASE("a game that ends itself says so and exits in good order") {
    EmulatorProcess emulator(customCard("short", "shutdownAfter=20\n"));
    const auto exit = emulator.awaitExit();
    CHECK(emulator.shutdown);
    CHECK_FALSE(exit.bySignal);
    CHECK(exit.code == EXIT_SUCCESS);
}
