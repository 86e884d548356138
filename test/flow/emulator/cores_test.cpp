#include "emulator_process.hpp"
#include "games.hpp"
#include "stub_roms.hpp"

#include <catch2/catch.hpp>
#include <libretro.h>

#include <algorithm>
#include <vector>

using namespace cloudretro;
using namespace cloudretro::test;

TEST_CASE("five people play on a PC Engine, whose multitap is always there") {
    EmulatorProcess emulator(padsRom());
    emulator.awaitFrames(30);
    std::vector<Colour> seen{emulator.picture.middle()};
    for (unsigned seat = 0; seat < 5; ++seat) {
        emulator.press(seat, 1 << RETRO_DEVICE_ID_JOYPAD_A);
        emulator.awaitFrames(10);
        seen.push_back(emulator.picture.middle());
        emulator.press(seat, 0);
        emulator.awaitFrames(10);
        CHECK(emulator.picture.middle() == seen.front());
    }
    for (auto one = seen.begin(); one != seen.end(); ++one)
        CHECK(std::count(seen.begin(), seen.end(), *one) == 1);
}

TEST_CASE("every core that the catalogue relies on shows and sounds a game") {
    struct Game {
        protocol::Load load;
        int width, height, seats;
        double fps;
    };
    const auto [load, width, height, seats, fps] = GENERATE(values<Game>({
        {testRom("counter.nes"), 256, 224, 4, 60},
        {stubRom("gambatte", "stub.gb", gameBoyStub()), 160, 144, 1, 59.7275},
        {stubRom("mgba", "stub.gba", gameBoyAdvanceStub()), 240, 160, 1, 59.7275},
        {stubRom("bsnes_mercury_balanced", "stub.sfc", superNesStub()), 256, 224, 5, 60.0988},
        {stubRom("bsnes_mercury_performance", "stub.sfc", superNesStub()), 256, 224, 5, 60.0988},
        {stubRom("mednafen_pce_fast", "stub.pce", pcEngineStub()), 256, 239, 5, 59.82},
        {stubRom("mednafen_vb", "stub.vb", virtualBoyStub()), 384, 224, 1, 50.27},
        {stubRom("mednafen_wswan", "stub.ws", wonderSwanStub()), 224, 144, 1, 75.47},
    }));
    INFO(load.core);
    EmulatorProcess emulator(load);
    emulator.awaitFrames(120);
    CHECK_FALSE(emulator.trouble);
    const auto& loaded = *emulator.loaded;
    CHECK(loaded.fps == Approx(fps).epsilon(1e-4));
    CHECK(loaded.seats == seats);
    CHECK(int(emulator.picture.header.width) == width);
    CHECK(int(emulator.picture.header.height) == height);
    const double pairs = double(emulator.takeSamples().size()) / 2;
    CHECK(pairs ==
          Approx(loaded.sampleRate / loaded.fps * double(emulator.frames.back().sequence)).epsilon(0.05));
    INFO(loaded.coreName << " " << loaded.coreVersion << " " << loaded.sampleRate);

    const auto& state = emulator.awaitKept(ipc::Kept::State);
    EmulatorProcess next;
    next.give(state.bytes);
    auto again = load;
    again.stateBytes = int(state.bytes.size());
    next.send(again);
    next.awaitFrames(30);
    CHECK(next.loaded->restored);

    emulator.send(protocol::Quit{});
    CHECK(emulator.awaitExit().code == EXIT_SUCCESS);
}
