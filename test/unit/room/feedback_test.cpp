#include "room/feedback.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using namespace cloudretro::room;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t ms = 1'000'000;

std::int64_t now() {
    return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// A peer with two pads, and the room's word to it.
struct Scene {
    std::shared_ptr<Seats> seats = std::make_shared<Seats>();
    std::shared_ptr<PeerInput> input = std::make_shared<PeerInput>(seats);
    Feedback feedback{input};
    Feedback::Time time{1h};

    Scene() { input->sit({2, 5}); }

    void press(std::uint32_t sequence, std::uint8_t pad = 0) {
        const InputPacket packet{1, pad, 1, sequence, {}, {}};
        input->apply(std::as_bytes(std::span(&packet, 1)));
    }
    // A frame that had these inputs of the seats 2 and 5, read `waited` from now.
    static FrameTimes frame(std::uint32_t first, std::uint32_t second = 0, std::int64_t waited = 0) {
        FrameTimes frame;
        frame.applied[2] = first;
        frame.applied[5] = second;
        frame.polled = now() + waited;
        frame.finished = frame.polled + 3 * ms;
        return frame;
    }
    std::vector<FeedbackPacket> tell(const FrameTimes& frame) {
        return feedback.tell({frame, 0xfedcba98, frame.finished + 2 * ms}, time);
    }
    // The signs of life are out of the way for a second.
    void settle() {
        press(0);
        tell(frame(0));
    }
};

}

TEST_CASE("a picture that shows a newer input is told once, with what it took", "[feedback]") {
    Scene scene;
    scene.settle();
    scene.press(1);
    const auto frame = Scene::frame(1, 0, 8 * ms);
    REQUIRE(scene.feedback.wants(frame, scene.time));
    const auto said = scene.tell(frame);
    REQUIRE(said.size() == 1);
    CHECK(said[0].version == FeedbackPacket::currentVersion);
    CHECK(said[0].pad == 0);
    CHECK(said[0].sequence == 1);
    CHECK(said[0].rtpTimestamp == 0xfedcba98);
    CHECK(said[0].waited >= 800);
    CHECK(said[0].waited < 5000);
    CHECK(said[0].emulated == 300);
    CHECK(said[0].encoded == 200);
    CHECK_FALSE(scene.feedback.wants(frame, scene.time));
    CHECK(scene.tell(frame).empty());
}

TEST_CASE("repetitions of a packet do not make its input younger", "[feedback]") {
    Scene scene;
    scene.press(1);
    const auto frame = Scene::frame(1, 0, 5 * ms);
    const auto first = scene.input->waited(0, 1, frame.polled);
    scene.press(1);
    scene.press(1);
    CHECK(scene.input->waited(0, 1, frame.polled) == first);
    REQUIRE(first);
    CHECK(*first >= 5 * ms);
}

TEST_CASE("each pad hears of its own seat", "[feedback]") {
    Scene scene;
    scene.settle();
    scene.press(1);
    scene.press(4, 1);
    const auto said = scene.tell(Scene::frame(1, 4));
    REQUIRE(said.size() == 2);
    CHECK(said[0].pad == 0);
    CHECK(said[0].sequence == 1);
    CHECK(said[1].pad == 1);
    CHECK(said[1].sequence == 4);
}

TEST_CASE("what another browser did in the seat before is nobody's news", "[feedback]") {
    Scene scene;
    scene.settle();
    CHECK_FALSE(scene.feedback.wants(Scene::frame(77), scene.time));
}

TEST_CASE("there is a word each second, also to who plays nothing", "[feedback]") {
    Scene scene;
    scene.input->sit({});
    CHECK(scene.tell(Scene::frame(9)).size() == 1);
    scene.time += 999ms;
    CHECK_FALSE(scene.feedback.wants(Scene::frame(9), scene.time));
    scene.time += 1ms;
    REQUIRE(scene.feedback.wants(Scene::frame(9), scene.time));
    const auto said = scene.tell(Scene::frame(9));
    REQUIRE(said.size() == 1);
    CHECK(said[0].sequence == 0);
    CHECK(said[0].waited == FeedbackPacket::unknown);
    CHECK(said[0].emulated == 300);
}

TEST_CASE("times that the emulator made up stay within the packet", "[feedback]") {
    Scene scene;
    FrameTimes frame;
    frame.polled = std::numeric_limits<std::int64_t>::min();
    frame.finished = std::numeric_limits<std::int64_t>::max();
    const auto said = scene.feedback.tell({frame, 0, 0}, scene.time);
    REQUIRE(said.size() == 1);
    CHECK(said[0].emulated < FeedbackPacket::unknown);
    CHECK(said[0].encoded < FeedbackPacket::unknown);
    scene.time += 1s;
    CHECK(scene.feedback.tell({{}, 0, 0}, scene.time)[0].emulated == FeedbackPacket::unknown);
}
