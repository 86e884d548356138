// Games that run backwards.
#include "emulator_process.hpp"
#include "games.hpp"
#include "test_card.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace cloudretro;
using namespace cloudretro::test;

TEST_CASE("a game runs backwards as far as it was played, stays there, and goes on from there") {
    EmulatorProcess emulator(testCard("plain"));
    emulator.awaitFrames(180);
    const auto latest = frameNumber(emulator.picture);
    emulator.send(protocol::RunBackwards{true});
    const auto at = [&](auto holds) { emulator.await([&] { return holds(frameNumber(emulator.picture)); }); };
    at([&](auto frame) { return frame < latest - 60; });
    const auto half = frameNumber(emulator.picture);
    at([&](auto frame) { return frame < half - 30; });
    at([&](auto frame) { return frame < 20; });
    emulator.awaitFrames(60); // it is not silent there
    CHECK(frameNumber(emulator.picture) < 20);
    emulator.send(protocol::RunBackwards{false});
    at([&](auto frame) { return frame > 60; });
    CHECK(frameNumber(emulator.picture) < latest);
    emulator.awaitKept(ipc::Kept::State);
}

TEST_CASE("a game that runs backwards goes about twice as fast, and makes no sound") {
    EmulatorProcess emulator(testCard("tone"));
    emulator.awaitFrames(240);
    emulator.send(protocol::RunBackwards{true});
    emulator.awaitFrames(20);
    const auto start = frameNumber(emulator.picture);
    emulator.takeSamples();
    emulator.awaitFrames(60);
    const auto back = start - frameNumber(emulator.picture);
    CHECK(back > 60);
    CHECK(back < 180);
    const auto samples = emulator.takeSamples();
    CHECK(samples.size() > 40 * 2 * 800);
    CHECK(std::ranges::all_of(samples, [](auto sample) { return sample == 0; }));
}

TEST_CASE("a core without states does not run backwards, and plays on") {
    EmulatorProcess emulator(testCard("no-states"));
    emulator.awaitFrames(30);
    emulator.send(protocol::RunBackwards{true});
    const auto before = frameNumber(emulator.picture);
    emulator.awaitFrames(60);
    CHECK(frameNumber(emulator.picture) > before + 30);
}
