#include "emulator/audio.hpp"

#include "memory.hpp"

#include <catch2/catch.hpp>

#include <numeric>
#include <vector>

using namespace cloudretro;
using emulator::Audio;
using emulator::Run;

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

struct Line : test::Memory {
    Audio audio{shared};

    void frame(Run run, int first, std::size_t pairs) {
        audio.begin(run);
        audio.write(count(first, pairs).data(), pairs);
    }
    std::vector<int> left() const {
        std::vector<int> samples;
        for (std::size_t i = 0; i < shared.audioWritten; ++i) samples.push_back(shared.audio[2 * i]);
        return samples;
    }
};

std::vector<int> upTo(int last) {
    std::vector<int> all(std::size_t(last) + 1);
    std::iota(all.begin(), all.end(), 0);
    return all;
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

TEST_CASE("of a frame that runs again nothing is heard a second time, and the next goes on from there") {
    Line line;
    line.frame(Run::Fresh, 0, 10);
    line.frame(Run::Again, 0, 10);
    line.frame(Run::Fresh, 10, 10);
    CHECK(line.left() == upTo(19));
}

TEST_CASE("a frame that is longer or shorter the second time leaves neither a gap nor too much") {
    Line line;
    line.frame(Run::Fresh, 0, 10);
    line.frame(Run::Again, 0, 12);
    CHECK(line.left() == upTo(11));
    line.frame(Run::Fresh, 12, 10);
    line.frame(Run::Again, 12, 7);
    line.frame(Run::Same, 12, 7);
    CHECK(line.left() == upTo(21));
    line.frame(Run::Fresh, 19, 10);
    line.frame(Run::Again, 19, 10);
    CHECK(line.left() == upTo(28));
}

TEST_CASE("frames ahead are not heard") {
    Line line;
    line.frame(Run::Fresh, 0, 10);
    line.frame(Run::Ahead, 500, 10);
    line.frame(Run::Ahead, 600, 10);
    line.frame(Run::Again, 0, 10);
    line.frame(Run::Ahead, 500, 10);
    line.frame(Run::Fresh, 10, 10);
    CHECK(line.left() == upTo(19));
}

TEST_CASE("a step from what was heard to the new history fades out") {
    Line line;
    line.frame(Run::Fresh, 0, 10);
    line.frame(Run::Again, 20000, 10);
    line.frame(Run::Fresh, 20010, 400);
    const auto heard = line.left();
    CHECK(heard[9] == 9);
    for (std::size_t i = 10; i < heard.size(); ++i) CHECK(std::abs(heard[i] - heard[i - 1]) < 200);
    CHECK(heard.back() == 20409);
}

TEST_CASE("what is heard while it fades stays within what a sample can be") {
    Line line;
    line.frame(Run::Fresh, 32000, 10);
    line.frame(Run::Again, 0, 10);
    line.frame(Run::Fresh, 32000, 10);
    for (const int sample : line.left()) CHECK(sample > 0);
}
