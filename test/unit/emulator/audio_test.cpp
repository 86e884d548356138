#include "emulator/audio.hpp"

#include "memory.hpp"

#include <catch2/catch.hpp>

#include <numeric>
#include <vector>

using namespace cloudretro;
using emulator::Audio;

namespace {

// Pairs whose left samples count on from `first`.
std::vector<std::int16_t> count(int first, std::size_t pairs) {
    std::vector<std::int16_t> samples;
    for (std::size_t i = 0; i < pairs; ++i) {
        samples.push_back(std::int16_t(first + int(i)));
        samples.push_back(std::int16_t(-first - int(i)));
    }
    return samples;
}

}

TEST_CASE("samples stand in the ring in their order") {
    test::Memory memory;
    Audio audio(memory.shared);
    audio.write(count(1, 3).data(), 3);
    audio.write(count(4, 1).data(), 1);
    CHECK(memory.shared.audioWritten == 4);
    const auto expected = count(1, 4);
    CHECK(std::equal(expected.begin(), expected.end(), memory.shared.audio.begin()));
}

TEST_CASE("the ring goes on at its start") {
    test::Memory memory;
    Audio audio(memory.shared);
    audio.write(count(0, ipc::audioFrames - 2).data(), ipc::audioFrames - 2);
    audio.write(count(100, 5).data(), 5);
    CHECK(memory.shared.audioWritten == ipc::audioFrames + 3);
    const auto& ring = memory.shared.audio;
    CHECK(ring[2 * (ipc::audioFrames - 2)] == 100);
    CHECK(ring[2 * (ipc::audioFrames - 1) + 1] == -101);
    CHECK(ring[0] == 102);
    CHECK(ring[5] == -104);
    CHECK(ring[6] == 3);
}

TEST_CASE("more than the ring holds leaves the newest") {
    test::Memory memory;
    Audio audio(memory.shared);
    const auto pairs = 2 * ipc::audioFrames + 10;
    const auto samples = count(0, pairs);
    audio.write(samples.data(), pairs);
    CHECK(memory.shared.audioWritten == pairs);
    CHECK(memory.shared.audio[2 * 9] == samples[2 * (pairs - 1)]);
    CHECK(memory.shared.audio[2 * 10] == samples[2 * (ipc::audioFrames + 10)]);
}
