// Saves on their way from a room to the coordinator, and back.
#include "hosting.hpp"

#include "worker/tar.hpp"

#include "base/files.hpp"

#include <csignal>
#include <fstream>

using namespace cloudretro;
using namespace cloudretro::test;
using namespace cloudretro::protocol;
namespace fs = std::filesystem;

namespace {

constexpr Buttons b = 1 << 0; // RETRO_DEVICE_ID_JOYPAD_B
const auto counter = builtGames + "nes/counter.nes", card = builtGames + "testcard/plain.card",
           directories = builtGames + "testcard/directories.card";

bool hasRequest(const FakeCoordinator& coordinator, int request) {
    return std::ranges::any_of(
        coordinator.uploads, [&](const Upload& upload) { return upload.about.request == request; });
}

// What the test core wrote into its save folder, by an archive of it.
std::string noteIn(const std::string& tar) {
    const TempDir dir;
    REQUIRE(worker::unpackFolder(tar, dir.path));
    return base::readAll(dir.path / "testcard.txt");
}

}

TEST_CASE("what a room saves reaches the coordinator with all that there is to say, before the room is said "
          "to be over") {
    Hosting hosting;
    auto& coordinator = hosting.coordinator;
    OpenRoom order;
    order.epoch = 1234;
    hosting.open("nestopia", counter, order);
    hosting.play(90);
    hosting.coordinator.send(SaveRoom{"room", 3});
    REQUIRE(until([&] { return hasRequest(coordinator, 3); }));
    const auto& upload =
        *std::ranges::find(coordinator.uploads, 3, [](const auto& u) { return u.about.request; });
    CHECK(upload.about.room == "room");
    CHECK(upload.about.kind == "state");
    CHECK(upload.about.epoch == 1234);
    CHECK(upload.about.core == "Nestopia");
    CHECK(upload.picture.starts_with("\xff\xd8"));
    REQUIRE(until([&] { return coordinator.uploadsOf("state") >= 2; }));

    hosting.play(30);
    const auto before = coordinator.uploads.size();
    std::size_t atEnd = 0;
    const auto route = coordinator.onMessage;
    coordinator.onMessage = [&](const FromWorker& message) {
        if (std::holds_alternative<RoomClosed>(message)) atEnd = coordinator.uploads.size();
    };
    coordinator.send(CloseRoom{"room"});
    REQUIRE(until([&] { return coordinator.count<RoomClosed>() == 1; }));
    CHECK(atEnd == before + 1);
    CHECK(until([&] { return hosting.filesIn("rooms").empty(); }));
}

TEST_CASE("while the store is out of order nothing that was asked for is lost, and of the rest the newest is "
          "kept") {
    Hosting hosting;
    auto& coordinator = hosting.coordinator;
    coordinator.status = 503;
    hosting.open("nestopia", counter);
    hosting.play(30);
    for (int request = 1; request <= 3; ++request) coordinator.send(SaveRoom{"room", request});
    hosting.play(60 * 12); // three by itself
    CHECK(coordinator.uploads.empty());
    CHECK(coordinator.refused > 1);
    coordinator.status = 200;
    REQUIRE(until([&] {
        return hasRequest(coordinator, 1) && hasRequest(coordinator, 2) && hasRequest(coordinator, 3);
    }));
    CHECK(until([&] {
        return std::ranges::none_of(
            hosting.filesIn("rooms"), [](const auto& name) { return name.ends_with(".json"); });
    }));
    CHECK(coordinator.uploadsOf("state") <= 3 + 2 + 1); // one perhaps under way, one waiting, one new
}

TEST_CASE("what the coordinator does not take is said to whom it was for, and not sent again") {
    Hosting hosting;
    auto& coordinator = hosting.coordinator;
    coordinator.status = 409;
    hosting.open("nestopia", counter);
    hosting.play(30);
    coordinator.send(SaveRoom{"room", 5});
    REQUIRE(until([&] { return coordinator.count<RoomNotSaved>() == 1; }));
    CHECK(coordinator.all<RoomNotSaved>().front().request == 5);
    CHECK(coordinator.all<RoomNotSaved>().front().trouble.code == "stale");
    coordinator.status = 200;
    coordinator.send(SaveRoom{"room", 6});
    REQUIRE(until([&] { return hasRequest(coordinator, 6); }));
    CHECK_FALSE(hasRequest(coordinator, 5));
}

TEST_CASE("a room begins with what the store has, and loads from there") {
    Hosting hosting;
    auto& coordinator = hosting.coordinator;
    hosting.open("nestopia", counter);
    hosting.play(150);
    coordinator.send(SaveRoom{"room", 1});
    REQUIRE(until([&] { return hasRequest(coordinator, 1); }));
    const auto count = hosting.viewer->count();
    const auto state = coordinator.store(
        std::ranges::find(coordinator.uploads, 1, [](const auto& u) { return u.about.request; })->content);
    coordinator.send(CloseRoom{"room"});
    REQUIRE(until([&] { return coordinator.count<RoomClosed>() == 1; }));

    OpenRoom order;
    order.state = state;
    hosting.open("nestopia", counter, order);
    REQUIRE(until([&] { return hosting.viewer->count() > 0; }));
    CHECK(hosting.viewer->count() + 90 > count);
    hosting.play(240);
    coordinator.send(LoadRoom{"room", 2, state});
    REQUIRE(until([&] { return coordinator.count<RoomLoaded>() == 1; }));
    CHECK(coordinator.all<RoomLoaded>().front().trouble.code.empty());
    CHECK(until([&] { return hosting.viewer->count() < count + 120; }));
    coordinator.send(LoadRoom{"room", 3, {std::string(64, 'a'), 10, ""}});
    REQUIRE(until([&] { return coordinator.count<RoomLoaded>() == 2; }));
    CHECK(coordinator.all<RoomLoaded>().back().trouble.code == "save-missing");
}

TEST_CASE("a room whose save cannot be had does not begin anew") {
    Hosting hosting;
    auto& coordinator = hosting.coordinator;
    OpenRoom order;
    std::string code;
    SECTION("gone") {
        order.state = {std::string(64, 'a'), 10, ""};
        code = "save-missing";
    }
    SECTION("damaged on its way, each time") {
        coordinator.damages = true;
        order.sram = coordinator.store("sram");
        code = "no-saves";
    }
    SECTION("a name that is none") {
        order.sram = {"../../etc/passwd", 10, ""};
        code = "bad-order";
    }
    hosting.open("nestopia", counter, order);
    REQUIRE(until([&] { return coordinator.count<RoomClosed>() == 1; }));
    CHECK(coordinator.all<RoomClosed>().front().trouble.code == code);
    CHECK(coordinator.count<RoomOpened>() == 0);
    CHECK(until([&] { return hosting.filesIn("rooms").empty(); }));
}

TEST_CASE("what a killed worker had not sent is sent by the next one in that data folder, with its epoch") {
    Hosting hosting;
    auto& coordinator = hosting.coordinator;
    coordinator.status = 503;
    hosting.open("testcard", card);
    REQUIRE(until([&] { return hosting.viewer->channelOpen() && hosting.viewer->frames() > 30; }));
    hosting.viewer->press(b);
    coordinator.send(SaveRoom{"room", 1});
    const auto waits = [&] {
        const auto files = hosting.filesIn("rooms");
        return std::ranges::count_if(files, [](const auto& name) { return name.ends_with(".json"); });
    };
    REQUIRE(until([&] { return waits() >= 3; })); // SRAM, the state that was asked for, one by itself
    hosting.worker->signal(SIGKILL);
    REQUIRE(until([&] { return hosting.worker->ended() && !coordinator.linked(); }));
    coordinator.status = 200;
    hosting.startWorker();
    REQUIRE(until([&] { return hasRequest(coordinator, 1) && coordinator.uploadsOf("sram") == 1; }));
    CHECK(coordinator.newest("sram").about.epoch == 7);
    CHECK(coordinator.newest("sram").content[0] == 1);
    CHECK(until([&] { return hosting.filesIn("rooms").empty(); }));
    CHECK(std::distance(fs::directory_iterator(hosting.dataDir() / "rooms"), {}) == 1); // its own
}

TEST_CASE("two workers share a data folder, and leave each other's saves alone") {
    Hosting hosting;
    auto& coordinator = hosting.coordinator;
    coordinator.status = 503;
    hosting.open("testcard", card);
    REQUIRE(until([&] { return coordinator.refused > 0; }));
    const auto elder = std::move(hosting.worker);
    hosting.startWorker(); // the link is its own from now on
    CHECK(std::distance(fs::directory_iterator(hosting.dataDir() / "rooms"), {}) == 2);
}

TEST_CASE("a worker that is told to stop sends what its rooms have first") {
    Hosting hosting;
    auto& coordinator = hosting.coordinator;
    hosting.open("nestopia", counter);
    REQUIRE(until([&] { return coordinator.uploadsOf("state") == 1; }));
    hosting.play(60);
    hosting.worker->signal(SIGTERM);
    REQUIRE(until([&] { return hosting.worker->ended(); }));
    CHECK(coordinator.uploadsOf("state") == 2);
    CHECK(fs::is_empty(hosting.dataDir() / "rooms"));
}

TEST_CASE("files that a core writes by itself travel, too, and are there again for the next room") {
    Hosting hosting;
    auto& coordinator = hosting.coordinator;
    hosting.dir.write("data/saves/test/game/testcard.txt", "from before\n");
    hosting.open("testcard", directories);
    const auto hasNote = [&](const std::string& note) {
        return coordinator.uploadsOf("files") && noteIn(coordinator.newest("files").content) == note;
    };
    REQUIRE(until([&] { return hasNote("from before\nloaded\n"); }));
    CHECK_FALSE(fs::exists(hosting.dataDir() / "saves/test/game"));
    coordinator.send(CloseRoom{"room"});
    REQUIRE(until([&] { return coordinator.count<RoomClosed>() == 1; }));
    CHECK(hasNote("from before\nloaded\n"));

    OpenRoom order;
    order.saveFiles = coordinator.store(coordinator.newest("files").content);
    hosting.open("testcard", directories, order);
    REQUIRE(until([&] { return coordinator.count<RoomOpened>() == 2; }));
    coordinator.send(CloseRoom{"room"}); // at once: what the core wrote is not lost by it
    REQUIRE(until([&] { return coordinator.count<RoomClosed>() == 2; }));
    CHECK(hasNote("from before\nloaded\nloaded\n"));
}
