// Saves on their way: from a worker into the store, to pages, and back into rooms.
#include "base/compression.hpp"
#include "scripted_worker.hpp"
#include "wait.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <csignal>
#include <optional>
#include <random>
#include <set>
#include <thread>

using namespace cloudretro;
using namespace cloudretro::test;
using namespace cloudretro::protocol;
using Headers = std::vector<std::pair<std::string, std::string>>;

namespace {

struct Town {
    const TempDir dir;
    const std::string key = "a key that nobody guesses";
    const std::vector<std::string> arguments{"--port=0", "--role=coordinator",
        "--worker-token-file=" + dir.write("token", workerToken),
        "--data-dir=" + (dir.path / "data").string()};
    std::optional<Server> server{arguments};
    std::optional<ScriptedWorker> worker{*server};
    std::string game = demoGame(*server);

    // Starts, and the worker says that it runs.
    OpenRoom play(Visitor& player, bool resume = false) {
        auto wish = start(game);
        wish.resume = resume;
        player.send(wish);
        const auto order = worker->link.hear<OpenRoom>();
        REQUIRE(order);
        worker->link.send(RoomOpened{order->room, 2, {256, 240, 1.3, 60}});
        REQUIRE(player.hear<Joined>());
        return *order;
    }
    SaveUpload about(
        const OpenRoom& order, const std::string& bytes, const std::string& kind = "state") const {
        return {order.room, kind, 0, order.epoch, double(bytes.size()), "demo", "1"};
    }
    Reply save(const OpenRoom& order, const std::string& bytes, const std::string& kind = "state") const {
        return worker->save(about(order, bytes, kind), bytes, kind == "state" ? "a picture" : "");
    }
    Reply ask(const std::string& rest) const {
        return get(server->address("/api/saves" + rest), {{"X-Player", key}});
    }
    base::Json list(const std::string& rest = "") const { return base::Json::parse(ask(rest).body); }
    Reply tell(const std::string& rest, const std::string& body, const std::string& type = "application/json",
        const Headers& more = {}) const {
        auto headers = more;
        headers.emplace_back("X-Player", key);
        return post(server->address("/api/saves" + rest), body, headers, type);
    }
    std::string path(const std::string& rest) const { return "/" + game + rest; }
};

}

TEST_CASE("what a worker saves is there for the next game, and for the player's pages") {
    Town town;
    Visitor player(town.server->port());
    player.greet(town.key);
    const auto first = town.play(player);
    CHECK(first.epoch > 0);
    CHECK(first.state.object.empty());
    const std::string state(100'000, 's'), sram(8192, 'r');
    CHECK(town.save(first, state).status == 200);
    CHECK(town.save(first, sram, "sram").status == 200);

    const auto recent = town.list();
    REQUIRE(recent.size() == 1);
    CHECK(recent[0]["game"]["id"] == town.game);
    CHECK(recent[0]["kind"] == "state");
    CHECK(recent[0]["slot"] == "auto");
    CHECK(recent[0]["size"] == 100'000);
    CHECK(recent[0]["core"] == "demo");
    CHECK(recent[0]["picture"] == true);
    CHECK(recent[0]["current"] == true);
    const auto all = town.list(town.path(""));
    REQUIRE(all.size() == 2);
    const auto bytes = town.ask(town.path("/state/auto/1"));
    CHECK(bytes.status == 200);
    CHECK(bytes.body == state);
    CHECK_THAT(
        bytes.header("Content-Disposition"), Catch::Contains("attachment") && Catch::Contains(".state"));
    CHECK(town.ask(town.path("/state/auto/1/picture")).body == "a picture");
    CHECK(town.ask(town.path("/sram/auto/1")).body == sram);

    const auto fresh = town.play(player);
    CHECK(fresh.epoch > first.epoch);
    CHECK(fresh.state.object.empty());
    CHECK(fresh.sram.size == 8192);
    const auto object = town.worker->fetch(fresh.sram.object);
    REQUIRE(object.status == 200);
    CHECK(base::decompress(object.body, sram.size()) == sram);
    const auto resumed = town.play(player, true);
    CHECK(resumed.state.size == 100'000);
    CHECK(base::decompress(town.worker->fetch(resumed.state.object).body, state.size()) == state);
}

TEST_CASE("only workers bring and fetch saves, and only whole ones of rooms that were opened") {
    Town town;
    Visitor player(town.server->port());
    player.greet(town.key);
    const auto order = town.play(player);
    const auto about = town.about(order, "state");
    CHECK(town.worker->save(about, "state", "", "wrong").status == 401);
    CHECK(town.worker->fetch(std::string(64, 'a'), "wrong").status == 401);
    CHECK(town.worker->fetch(std::string(64, 'a')).status == 404);
    CHECK(town.worker->fetch("../../etc").status == 404);
    CHECK(get(town.server->address("/worker/saves")).status == 401);
    const Headers proof{{"Authorization", std::string("Bearer ") + workerToken}};
    const auto address = town.server->address("/worker/saves");
    CHECK(post(address, "{}", proof).status == 400);
    CHECK(post(address, "nothing", proof, "multipart/form-data; boundary=border").status == 400);

    auto other = about;
    other.kind = "secret";
    CHECK(town.worker->save(other, "state").status == 400);
    other = about;
    other.size = 6; // not what the bytes unpack to
    CHECK(town.worker->save(other, "state").status == 422);
    for (const double size : {-1.0, 1e300, double(65 << 20)}) {
        other.size = size;
        CHECK(town.worker->save(other, "state").status == 400);
    }
    other = about;
    other.request = 77; // nobody asked for that
    CHECK(town.worker->save(other, "state").status == 410);
    other = about;
    other.room = "unknown";
    CHECK(town.worker->save(other, "state").status == 503); // perhaps it comes to be known yet
    CHECK(town.list().empty());
    CHECK(town.worker->save(about, "state").status == 200);
}

TEST_CASE("a worker's leftovers of a room that is long gone find their owner, also after a restart") {
    Town town;
    OpenRoom order;
    {
        Visitor player(town.server->port());
        player.greet(town.key);
        order = town.play(player);
        player.send(EndRoom{});
        REQUIRE(town.worker->link.hear<CloseRoom>());
        town.worker->link.send(RoomClosed{order.room, {}});
        CHECK(town.save(order, "closing").status == 200);
    }
    town.worker.reset();
    town.server->signal(SIGKILL);
    town.server.emplace(town.arguments);
    town.worker.emplace(*town.server);
    CHECK(town.save(order, "leftover").status == 200);
    CHECK(town.ask(town.path("/state/auto/2")).body == "leftover");
}

TEST_CASE("saved means stored: all in the room hear it only then, and the owner's pages too") {
    Town town;
    Visitor player(town.server->port()), home(town.server->port()), stranger(town.server->port());
    player.greet(town.key);
    home.greet(town.key);
    stranger.greet("another");
    const auto order = town.play(player);
    player.send(SaveGame{"3", "  before the boss\n"});
    const auto wish = town.worker->link.hear<SaveRoom>();
    REQUIRE(wish);
    auto about = town.about(order, "state");
    about.request = wish->request;
    CHECK(town.worker->save(about, "state", "a picture").status == 200);
    const auto saved = player.hear<GameSaved>();
    REQUIRE(saved);
    CHECK(saved->trouble.code.empty());
    CHECK(saved->slot == "3");
    CHECK(saved->sequence == 1);
    REQUIRE(home.hear<SavesChanged>());
    const auto list = town.list(town.path(""));
    REQUIRE(list.size() == 1);
    CHECK(list[0]["slot"] == "3");
    CHECK(list[0]["name"] == "before the boss");

    player.send(LoadGame{"3", 0});
    const auto load = town.worker->link.hear<LoadRoom>();
    REQUIRE(load);
    CHECK(base::decompress(town.worker->fetch(load->state.object).body, 5) == "state");
    town.worker->link.send(RoomLoaded{order.room, load->request, {}});
    const auto loaded = player.hear<GameLoaded>();
    REQUIRE(loaded);
    CHECK(loaded->slot == "3");

    player.send(SaveGame{"3", ""});
    const auto again = town.worker->link.hear<SaveRoom>();
    town.worker->link.send(RoomNotSaved{order.room, again->request, {"cannot-save", "No.", "Never."}});
    CHECK(player.hear<GameSaved>()->trouble.code == "cannot-save");
    player.send(LoadGame{"9", 0});
    CHECK(player.hear<GameLoaded>()->trouble.code == "no-save");
    for (const auto* text : {R"({"type":"saveGame","slot":"auto"})", R"({"type":"saveGame","slot":"10"})",
             R"({"type":"loadGame","slot":"x"})", R"({"type":"loadGame","slot":"1","sequence":-1})"}) {
        Visitor rude(town.server->port());
        rude.greet();
        rude.say(text);
        CHECK(rude.hearFailure() == "bad-message");
    }
}

TEST_CASE("pages rename, bring, restore, undo and remove saves, each player their own") {
    Town town;
    const auto slot = town.path("/state/1");
    const std::string binary("\0state\xff", 7);
    const auto bring = [&](const std::string& bytes) {
        return town.tell(slot, bytes, "application/octet-stream");
    };
    CHECK(bring(binary).status == 200);
    CHECK(base::Json::parse(bring("second").body)["sequence"] == 2);
    CHECK(town.ask(slot + "/1").body == binary);
    CHECK(town.tell(slot + "/rename", R"({"sequence":1,"name":"old"})").status == 200);
    CHECK(town.tell(slot + "/restore", R"({"sequence":1})").status == 200);
    auto list = town.list(town.path(""));
    REQUIRE(list.size() == 3);
    CHECK(list[0]["sequence"] == 3);
    CHECK(list[0]["name"] == "old");
    CHECK(list[0]["current"] == true);
    CHECK(town.ask(slot + "/3").body == binary);
    CHECK(town.tell(slot + "/undo", "{}").status == 200);
    list = town.list(town.path(""));
    CHECK(list[1]["sequence"] == 2);
    CHECK(list[1]["current"] == true);

    const auto other = [&](const std::string& rest) {
        return get(town.server->address("/api/saves" + rest), {{"X-Player", "somebody else"}});
    };
    CHECK(other("").body == "[]");
    CHECK(other(slot + "/1").status == 404);
    CHECK(town.tell(slot + "/remove", "{}").status == 200);
    CHECK(town.list().empty());
    CHECK(town.tell(slot + "/undo", "{}").status == 409);
    CHECK(town.tell(town.path("/sram/auto"), "sram", "application/octet-stream").status == 200);
}

TEST_CASE("what pages ask for is checked before anything is done") {
    Town town;
    const auto slot = town.path("/state/1");
    CHECK(get(town.server->address("/api/saves")).status == 401); // whose?
    CHECK(get(town.server->address("/api/saves"), {{"X-Player", std::string(129, 'x')}}).status == 401);
    for (const auto* rest : {"/", "/nes", "/nes/a/state", "/nes/a/thing/1", "/nes/a/state/0",
             "/nes/a/state/x", "/nes/a/sram/1", "/nes/a/state/1/1", "/nes/a/state/1/x", "/nes/a/state/1/1/x",
             "/nes/a/state/1/1/picture/x", "/nes/%01/state/1/1", "/nes/a/state/1/99999999999999999999"}) {
        CAPTURE(rest);
        CHECK(town.ask(rest).status == 404);
    }
    const auto bytes = "application/octet-stream";
    CHECK(town.tell(slot, "").status != 200);
    CHECK(town.tell(town.path("/files/auto"), "tar", bytes).status == 400);
    CHECK(town.tell(town.path("/sram/1"), "x", bytes).status == 404);
    CHECK(town.tell(town.path(""), "x", bytes).status == 405);
    CHECK(town.tell(slot, "x", bytes, {{"Origin", "http://evil.example"}}).status == 403);
    CHECK(town.tell(slot + "/remove", "{}", "application/json", {{"Origin", "http://evil.example"}}).status ==
          403);
    CHECK(town.tell(slot + "/remove", "{}", "text/plain").status == 400);
    CHECK(town.tell(slot + "/rename", R"({"sequence":"1"})").status == 400);
    CHECK(town.tell(slot + "/rename", R"({"sequence":1,"name":"x"})").status == 409);
    CHECK(town.tell(slot + "/restore", R"({"sequence":5})").status == 409);
    CHECK(town.tell(slot + "/explode", "{}").status == 404);
    CHECK(town.tell("/nes/not there/state/1", "x", bytes).status == 404);
    CHECK(town.tell(slot, std::string((64 << 20) + 1, 'x'), bytes).status == 413);
    unsigned status = 200;
    for (int i = 0; i < 30 && status == 200; ++i) status = town.tell(slot, std::to_string(i), bytes).status;
    CHECK(status == 429);
}

TEST_CASE("saves are behind the server's password, as all else") {
    Server server({"--port=0", "--role=coordinator", "--password=long enough"});
    const Headers player{{"X-Player", "key"}};
    CHECK(get(server.address("/api/saves"), player).status == 401);
    CHECK(post(server.address("/api/saves/nes/a/state/1"), "x", player, "application/octet-stream").status ==
          401);
}

TEST_CASE("whenever the coordinator is killed, every save that it acknowledged to a worker is there") {
    Town town;
    OpenRoom order;
    {
        Visitor player(town.server->port());
        player.greet(town.key);
        order = town.play(player);
    }
    std::mt19937 random(std::random_device{}());
    int attempted = 0;
    std::set<int> acknowledged;
    for (int kills = 0; kills < 15; ++kills) {
        std::atomic<bool> over = false;
        std::thread saving([&] {
            for (bool good = true; good;) {
                good =
                    town.save(order, std::to_string(++attempted) + std::string(50'000, 's'), "sram").status ==
                    200;
                if (good) acknowledged.insert(attempted);
            }
            over = true;
        });
        bool killed = false;
        const auto kill = base::Loop::after(std::chrono::milliseconds(random() % 300), [&] {
            town.server->signal(SIGKILL);
            killed = true;
        });
        CHECK(until([&] { return killed && over; }));
        saving.join();
        town.worker.reset();
        town.server.emplace(town.arguments);
        const auto history = town.list(town.path(""));
        std::set<int> found;
        for (const auto& version : history) {
            const auto bytes =
                town.ask(town.path("/sram/auto/" + std::to_string(version["sequence"].get<int>())));
            REQUIRE(bytes.status == 200);
            found.insert(std::stoi(bytes.body));
        }
        if (acknowledged.empty()) continue;
        REQUIRE_FALSE(found.empty());
        CHECK(*found.rbegin() >= *acknowledged.rbegin()); // one may be stored, and its answer lost
        for (auto it = acknowledged.lower_bound(*found.begin()); it != acknowledged.end(); ++it)
            CHECK(found.contains(*it));
    }
    CHECK(acknowledged.size() > 15);
}

TEST_CASE("when a worker is gone its game goes on at another one, from what it saved") {
    Town town;
    ScriptedWorker second(*town.server, "second");
    Visitor player(town.server->port());
    player.greet(town.key);
    auto wish = start(town.game);
    wish.worker = "scripted";
    player.send(wish);
    const auto order = town.worker->link.hear<OpenRoom>();
    REQUIRE(order);
    town.worker->link.send(RoomOpened{order->room, 2, {}});
    REQUIRE(player.hear<Joined>());
    REQUIRE(town.save(*order, "the newest").status == 200);
    town.worker.reset();
    const auto again = second.link.hear<OpenRoom>();
    REQUIRE(again);
    CHECK(again->room == order->room);
    CHECK(again->epoch > order->epoch);
    CHECK(base::decompress(second.fetch(again->state.object).body, 10) == "the newest");
    const auto peer = second.link.hear<AddPeer>();
    REQUIRE(peer);
    second.link.send(RoomOpened{order->room, 2, {}});
    second.link.send(PeerOffer{order->room, peer->peer, "sdp"});
    CHECK(player.hear<Notice>());
    CHECK(player.hear<Offer>()->peer == peer->peer);
    // The lost one wakes up.
    CHECK(second.save(town.about(*order, "too late"), "too late").status == 409);
    CHECK(second.save(town.about(*again, "newer"), "newer").status == 200);
}

TEST_CASE("a worker that is to be left hands its game over") {
    Town town;
    Visitor player(town.server->port());
    player.greet(town.key);
    const auto order = town.play(player);
    ScriptedWorker second(*town.server, "second");
    town.worker->drain();
    const auto wish = town.worker->link.hear<SaveRoom>();
    REQUIRE(wish);
    auto about = town.about(order, "at the end");
    about.request = wish->request;
    REQUIRE(town.worker->save(about, "at the end").status == 200);
    const auto again = second.link.hear<OpenRoom>();
    REQUIRE(again);
    CHECK(base::decompress(second.fetch(again->state.object).body, 10) == "at the end");
    CHECK(town.worker->link.hear<CloseRoom>());
}
