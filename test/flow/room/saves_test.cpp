// What a room hands out to be stored, and what it is brought back to.
#include "base/compression.hpp"
#include "base/files.hpp"
#include "room_under_test.hpp"

#include <algorithm>
#include <csignal>
#include <cstring>

using namespace cloudretro;
using namespace cloudretro::test;
using namespace cloudretro::protocol;

namespace {

constexpr Buttons b = 1 << 0;        // RETRO_DEVICE_ID_JOYPAD_B
constexpr std::uint32_t second = 60; // frames

std::string contentOf(const RoomSaved& saved) {
    const auto bytes = base::decompress(base::readAll(saved.file), std::size_t(saved.size));
    REQUIRE(bytes);
    return *bytes;
}

// As the worker names it to a room.
SavedBytes stored(const RoomSaved& saved) { return {"object", saved.size, saved.file}; }
SavedBytes stored(const TempDir& dir, const std::string& name, const std::string& bytes) {
    dir.write(name, base::compress(bytes));
    return {"object", double(bytes.size()), dir.path / name};
}

std::size_t count(const RoomUnderTest& room, const std::string& kind) {
    return std::size_t(std::ranges::count(room.saved, kind, &RoomSaved::kind));
}
const RoomSaved& newest(const RoomUnderTest& room, const std::string& kind) {
    return *std::find_if(
        room.saved.rbegin(), room.saved.rend(), [&](const auto& s) { return s.kind == kind; });
}

// The first state that was asked for by this request.
RoomSaved save(RoomUnderTest& room, int request) {
    const auto isIt = [&](const RoomSaved& saved) { return saved.request == request; };
    room.send(SaveRoom{"room", request});
    REQUIRE(waitFor([&] { return std::ranges::any_of(room.saved, isIt); }));
    return *std::ranges::find_if(room.saved, isIt);
}

RoomLoaded load(RoomUnderTest& room, const LoadRoom& order) {
    const auto before = room.loaded.size();
    room.send(order);
    REQUIRE(waitFor([&] { return room.loaded.size() > before; }));
    CHECK(room.loaded.back().request == order.request);
    return room.loaded.back();
}

struct Playing {
    explicit Playing(const std::string& core = nestopia, const std::string& file = game("nes/counter.nes"),
        OpenRoom order = {}) {
        room.add("player", viewer, "VP8", 0);
        room.open(core, file, std::move(order));
    }
    void play(std::uint32_t frames) {
        const auto until = viewer.count() + frames;
        REQUIRE(waitFor([&] { return viewer.count() >= until; }));
    }

    RoomUnderTest room;
    Viewer viewer{"VP8"};
};

}

TEST_CASE("a state is saved when asked for, with its photo, and a game in another room goes on from it",
    "[saves]") {
    Playing first;
    first.play(2 * second);
    const auto before = first.viewer.count();
    const auto saved = save(first.room, 7);
    CHECK(saved.kind == "state");
    CHECK(saved.core == "Nestopia");
    CHECK_FALSE(saved.coreVersion.empty());
    CHECK(contentOf(saved).size() > 1000);
    auto jpeg = saved.jpeg;
    gsize size = 0;
    const auto* bytes = g_base64_decode_inplace(jpeg.data(), &size);
    REQUIRE(size > 100);
    CHECK(bytes[0] == 0xff);
    CHECK(bytes[1] == 0xd8);

    OpenRoom order;
    order.state = stored(saved);
    Playing second(nestopia, game("nes/counter.nes"), order);
    REQUIRE(waitFor([&] { return second.viewer.count() > 0; }));
    CHECK(second.viewer.count() >= before);
    CHECK(second.room.loaded.empty());
}

TEST_CASE(
    "states come by themselves, within two seconds of play, then not more often than every five", "[saves]") {
    Playing playing;
    REQUIRE(waitFor([&] { return count(playing.room, "state") == 1; }));
    CHECK(playing.viewer.count() < 3 * second);
    CHECK(playing.room.saved.front().request == 0);
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(waitFor([&] { return count(playing.room, "state") == 2; }));
    CHECK(std::chrono::steady_clock::now() - start > 4s);
}

TEST_CASE(
    "the moment is handed out when the game is paused, when the last one leaves, and before the room closes",
    "[saves]") {
    Playing playing;
    REQUIRE(waitFor([&] { return count(playing.room, "state") == 1; }));
    playing.room.send(RoomCommand{"room", "pause"});
    REQUIRE(waitFor([&] { return count(playing.room, "state") == 2; }));
    playing.room.send(RoomCommand{"room", "resume"});
    playing.play(10);
    playing.room.remove("player");
    REQUIRE(waitFor([&] { return count(playing.room, "state") == 3; }));
    playing.room.send(CloseRoom{"room"});
    REQUIRE(waitFor([&] { return bool(playing.room.closed); }));
    CHECK(count(playing.room, "state") == 3); // nobody has played since

    Playing other;
    REQUIRE(waitFor([&] { return count(other.room, "state") == 1; }));
    other.play(20);
    const auto start = std::chrono::steady_clock::now();
    other.room.send(CloseRoom{"room"});
    REQUIRE(waitFor([&] { return bool(other.room.closed); }));
    CHECK(std::chrono::steady_clock::now() - start < 2s);
    CHECK(count(other.room, "state") == 2);
    CHECK(contentOf(newest(other.room, "state")) != contentOf(other.room.saved.front()));
}

TEST_CASE("save memory is a file within two seconds of the game's last write, and begins the next game",
    "[saves]") {
    Playing playing(testcard, game("testcard/plain.card"));
    REQUIRE(waitFor([&] { return playing.viewer.channelOpen() && playing.viewer.frames() > 30; }));
    playing.viewer.press(b);
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(waitFor([&] { return count(playing.room, "sram") == 1; }));
    CHECK(std::chrono::steady_clock::now() - start < 4s); // two, on a busy machine
    const auto sram = newest(playing.room, "sram");
    CHECK(contentOf(sram)[0] == 1);
    CHECK(sram.core == "Testcard");

    OpenRoom order;
    order.sram = stored(sram);
    Playing next(testcard, game("testcard/plain.card"), order);
    REQUIRE(waitFor([&] { return next.viewer.channelOpen() && next.viewer.frames() > 30; }));
    next.viewer.press(b);
    REQUIRE(waitFor([&] { return count(next.room, "sram") == 1; }));
    CHECK(contentOf(newest(next.room, "sram"))[0] == 2);
}

TEST_CASE("a state is loaded into the running game; that is undone, and the undoing, too", "[saves]") {
    Playing playing;
    playing.play(second);
    const auto early = save(playing.room, 1);
    const auto earlyCount = playing.viewer.count();
    playing.play(5 * second);
    const auto lateCount = playing.viewer.count();
    CHECK(load(playing.room, {"room", 2, {}}).trouble.code == "nothing-to-undo");

    CHECK(load(playing.room, {"room", 3, stored(early)}).trouble.code.empty());
    CHECK(waitFor([&] { return playing.viewer.count() < earlyCount + 2 * second; }));
    CHECK(load(playing.room, {"room", 4, {}}).trouble.code.empty());
    CHECK(waitFor([&] { return playing.viewer.count() >= lateCount; }));
    CHECK(load(playing.room, {"room", 5, {}}).trouble.code.empty());
    CHECK(waitFor([&] { return playing.viewer.count() < earlyCount + 4 * second; }));
}

TEST_CASE("a state that is loaded into a paused game shows at once", "[saves]") {
    Playing playing;
    playing.play(second);
    const auto early = save(playing.room, 1);
    const auto earlyCount = playing.viewer.count();
    playing.play(3 * second);
    playing.room.send(RoomCommand{"room", "pause"});
    CHECK(load(playing.room, {"room", 2, stored(early)}).trouble.code.empty());
    CHECK(waitFor([&] { return playing.viewer.count() < earlyCount + second; }));
}

TEST_CASE("what the core refuses, or what is damaged, is said, and the game goes on as it was", "[saves]") {
    Playing playing;
    const TempDir dir;
    playing.play(second);
    const auto refused = load(playing.room, {"room", 1, stored(dir, "short", "no state of this core")});
    CHECK(refused.trouble.code == "state-refused");
    CHECK(refused.trouble.message.find("Nestopia") != std::string::npos);
    auto damaged = stored(dir, "damaged", std::string(5000, 'x'));
    damaged.size = 5001;
    CHECK(load(playing.room, {"room", 2, damaged}).trouble.code == "bad-save");
    damaged.size = 1e15;
    CHECK(load(playing.room, {"room", 3, damaged}).trouble.code == "bad-save");
    damaged.file = "/nowhere";
    CHECK(load(playing.room, {"room", 4, damaged}).trouble.code == "bad-save");
    playing.play(second);
}

TEST_CASE(
    "a game that cannot have its state begins with what the cartridge keeps, and that is said", "[saves]") {
    const TempDir dir;
    OpenRoom order;
    order.state = stored(dir, "state", "no");
    if (GENERATE(false, true)) order.state.size = 100; // damaged, that is
    order.sram = stored(dir, "sram", "\7" + std::string(63, '\0'));
    Playing playing(testcard, game("testcard/plain.card"), order);
    REQUIRE(waitFor([&] { return playing.viewer.channelOpen() && playing.viewer.frames() > 30; }));
    REQUIRE(playing.room.loaded.size() == 1);
    CHECK(playing.room.loaded.front().request == 0);
    CHECK_FALSE(playing.room.loaded.front().trouble.message.empty());
    playing.viewer.press(b);
    REQUIRE(waitFor([&] { return count(playing.room, "sram") == 1; }));
    CHECK(contentOf(newest(playing.room, "sram"))[0] == 8);
}

TEST_CASE("a state from the store that crashes the core is given up after the second time", "[saves]") {
    const TempDir dir;
    std::string state;
    {
        Playing playing(testcard, game("testcard/plain.card"));
        REQUIRE(waitFor([&] { return playing.viewer.frames() > 30; }));
        state = contentOf(save(playing.room, 1));
    }
    const unsigned deadly = 1'000'000;
    std::memcpy(state.data(), &deadly, sizeof deadly); // the number of the frame: cores/test/testcard
    dir.write("deadly.card", "crashAfter=" + std::to_string(deadly) + "\n");
    OpenRoom order;
    order.state = stored(dir, "state", state);
    Playing playing(testcard, dir.path / "deadly.card", order);
    CHECK(waitFor([&] { return playing.viewer.frames() > 60 || playing.room.closed; }));
    CHECK_FALSE(playing.room.closed);
}

TEST_CASE(
    "a core without states says so when it is asked, and a game that does not run yet as well", "[saves]") {
    RoomUnderTest idle;
    idle.send(SaveRoom{"room", 1});
    REQUIRE(waitFor([&] { return idle.notSaved.size() == 1; }));
    CHECK(idle.notSaved.front().trouble.code == "not-running");

    Playing playing(testcard, game("testcard/no-states.card"));
    REQUIRE(waitFor([&] { return playing.viewer.frames() > 30; }));
    playing.room.send(SaveRoom{"room", 5});
    REQUIRE(waitFor([&] { return playing.room.notSaved.size() == 1; }));
    CHECK(playing.room.notSaved.front().request == 5);
    CHECK(playing.room.notSaved.front().trouble.code == "no-states");
    playing.room.send(CloseRoom{"room"});
    CHECK(waitFor([&] { return bool(playing.room.closed); }));
}

TEST_CASE("a save that was asked for comes, even though its emulator is killed meanwhile", "[saves]") {
    Playing playing;
    playing.play(2 * second);
    ::kill(playing.room.emulatorPid(), SIGSTOP);
    playing.room.send(SaveRoom{"room", 9});
    CHECK(waitFor([&] {
        return std::ranges::any_of(playing.room.saved, [](const auto& saved) { return saved.request == 9; });
    }));
}

TEST_CASE("a game runs backwards while that is wanted, and goes on from where it got", "[saves]") {
    Playing playing;
    playing.play(4 * second);
    const auto latest = playing.viewer.count();
    playing.room.send(RewindRoom{"room", true});
    REQUIRE(waitFor([&] { return playing.viewer.count() < latest - 2 * second; }));
    playing.room.send(RewindRoom{"room", false});
    playing.play(second / 2);
    CHECK(playing.viewer.count() < latest);
}
