// The files of a game travel to a worker that has none of them.
#include "proxy.hpp"
#include "server.hpp"
#include "visitor.hpp"
#include "wait.hpp"

#include "base/files.hpp"
#include "base/sha256.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <optional>

using namespace cloudretro;
using namespace cloudretro::test;
using namespace cloudretro::protocol;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view catalogue = R"(
[[system]]
id = "testcard"
name = "Test Card"
extensions = ["card", "m3u"]
seats = 4
[[system.core]]
name = "testcard"
)";

// A card that the test core runs, of `size` bytes; `mark` makes it one of its own.
std::string card(std::size_t size, const std::string& mark) {
    std::string text = "# " + mark + "\n";
    while (text.size() + 66 <= size) text += "#" + std::string(62, char('a' + text.size() % 23)) + "\n";
    return text + "#" + std::string(size - text.size() - 2, 'z') + "\n";
}

std::vector<fs::path> filesIn(const fs::path& dir) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(dir, error))
        if (entry.is_regular_file()) files.push_back(entry.path());
    return files;
}

using Plans = std::vector<Proxy::Plan>;

// A coordinator with games, and a worker that reaches it through a proxy and has a home of its own.
struct Fleet {
    explicit Fleet(Plans plans = {}, const std::vector<std::string>& workerFlags = {}) {
        dir.write("catalogue.toml", catalogue);
        startCoordinator(0, 0);
        proxy.emplace(coordinator->port(), std::move(plans));
        std::vector<std::string> arguments{"--role=worker", token(), "--drain-time=0",
            "--coordinator=ws://127.0.0.1:" + std::to_string(proxy->port()),
            "--cores-dir=" + fs::path(binary()).parent_path().string() + "/cores/test-lib"};
        arguments.insert(arguments.end(), workerFlags.begin(), workerFlags.end());
        worker.emplace(arguments, false);
        REQUIRE(hasWorker());
    }

    void startCoordinator(int port, int grace) {
        coordinator.emplace(std::vector<std::string>{"--role=coordinator", "--host=127.0.0.1",
            "--port=" + std::to_string(port), "--room-grace=" + std::to_string(grace), token(),
            "--games-dir=" + (dir.path / "games").string(), "--system-dir=" + (dir.path / "system").string(),
            "--catalogue=" + (dir.path / "catalogue.toml").string()});
    }
    bool hasWorker() {
        return until([&] { return getJson(coordinator->address("/healthz"))["workers"] == 1; });
    }
    // Waits until the library shows it.
    std::string add(const std::string& name, const std::string& text) {
        dir.write("games/testcard/" + name, text);
        const auto id = "testcard/" + fs::path(name).stem().string();
        REQUIRE(until([&] {
            const auto games = getJson(coordinator->address("/api/games"));
            return std::ranges::any_of(games, [&](const auto& game) { return game["id"] == id; });
        }));
        return id;
    }
    Reply getFile(const std::string& hash, const std::string& secret, const std::string& range = "") {
        std::vector<std::pair<std::string, std::string>> headers{{"Authorization", "Bearer " + secret}};
        if (!range.empty()) headers.emplace_back("Range", range);
        return get(coordinator->address("/worker/files/" + hash), headers);
    }
    std::string secret() const {
        auto text = base::readAll(dir.path / "token");
        return text.substr(0, text.find('\n'));
    }
    fs::path cache() const { return worker->home.path / "cloudretro" / "cache"; }
    bool isCached(const std::string& text) const {
        return base::readAll(cache() / "files" / base::sha256(text)) == text;
    }
    std::string token() const { return "--worker-token-file=" + (dir.path / "token").string(); }
    const Proxy::Transfer& transfer(std::size_t n) const { return proxy->transfers().at(n); }

    const TempDir dir;
    std::optional<Server> coordinator;
    std::optional<Proxy> proxy;
    std::optional<Server> worker;
};

// A player in the game, which runs.
struct Player {
    explicit Player(const Fleet& fleet) : visitor(fleet.coordinator->port()) { visitor.greet(); }

    void start(const std::string& game) {
        Start wish;
        wish.game = game;
        visitor.send(wish);
    }
    void joins() {
        const auto joined = visitor.hear<Joined>();
        REQUIRE(joined);
        room = joined->room;
    }
    void plays() {
        joins();
        const auto picture = visitor.hear<PictureChanged>(); // comes when the core runs
        REQUIRE(picture);
        CHECK(picture->picture.width == 320);
    }

    Visitor visitor;
    std::string room;
};

}

TEST_CASE("a worker without the games folder fetches the game and its firmware, once, and runs it") {
    Fleet fleet;
    fleet.dir.write("system/testcard.bin", "firmware");
    const auto text = card(300'000, "one") + "bios=testcard.bin\n";
    const auto game = fleet.add("Needs firmware.card", text);
    {
        Player player(fleet);
        player.start(game);
        const auto progress = player.visitor.hear<Progress>();
        REQUIRE(progress);
        CHECK(progress->total == double(text.size() + 8));
        player.joins();
        CHECK(player.visitor.hear<Offer>()); // what the room was told while it waited was kept for it
        CHECK(fleet.isCached(text));
        const auto folder = fleet.cache() / "rooms" / player.room;
        CHECK(base::readAll(folder / "game" / "Needs firmware.card") == text);
        CHECK(base::readAll(folder / "system" / "testcard.bin") == "firmware");
        CHECK(fleet.proxy->transfers().size() == 2);
        player.visitor.send(Leave{});
    }
    CHECK(until([&] { return filesIn(fleet.cache() / "rooms").empty(); }));

    Player again(fleet);
    again.start(game);
    again.plays();
    CHECK(fleet.proxy->transfers().size() == 2);
}

TEST_CASE("what a list names travels with it, under its own name") {
    Fleet fleet;
    fleet.dir.write("games/testcard/message=disc", "a track");
    const auto game = fleet.add("Disc.m3u", "# to the test core this is a card\nmessage=disc\n");
    Player player(fleet);
    player.start(game);
    player.plays();
    CHECK(base::readAll(fleet.cache() / "rooms" / player.room / "game" / "message=disc") == "a track");
}

TEST_CASE("after a cut connection only the rest comes") {
    constexpr std::size_t size = 3'000'000, first = 1'000'001, second = 700'000;
    Fleet fleet(Plans{{.cutAt = first}, {.cutAt = second}});
    const auto text = card(size, "cut");
    const auto game = fleet.add("Cut.card", text);
    Player player(fleet);
    player.start(game);
    player.plays();
    CHECK(fleet.isCached(text));
    REQUIRE(fleet.proxy->transfers().size() == 3);
    CHECK(fleet.transfer(0).bytes == first);
    CHECK(fleet.transfer(1).bytes == second);
    CHECK(fleet.transfer(2).bytes == size - first - second);
    CHECK_THAT(fleet.transfer(2).request, Catch::Contains("bytes=" + std::to_string(first + second) + "-"));
    CHECK_THAT(fleet.transfer(2).head, Catch::Contains("206"));
}

TEST_CASE("a damaged body is refused and fetched again; the second one ends it with a sentence") {
    Fleet fleet(Plans{{.damageAt = 70'000}, {}, {.damageAt = 1}, {.damageAt = 2}});
    const auto good = card(200'000, "good"), bad = card(100'000, "bad");
    const auto goodGame = fleet.add("Good.card", good), badGame = fleet.add("Bad.card", bad);
    Player player(fleet);
    player.start(goodGame);
    player.plays();
    CHECK(fleet.isCached(good));
    CHECK(fleet.proxy->transfers().size() == 2);
    player.start(badGame);
    CHECK(player.visitor.hearFailure() == "damaged-file");
    CHECK(fleet.proxy->transfers().size() == 4);
    CHECK_FALSE(fs::exists(fleet.cache() / "files" / base::sha256(bad)));
}

TEST_CASE("files are for workers, of games that were started, in whole or from somewhere on") {
    Fleet fleet;
    const auto text = card(5000, "mine"), other = card(5000, "other");
    const auto game = fleet.add("Mine.card", text);
    fleet.add("Other.card", other);
    CHECK(fleet.getFile(base::sha256(text), fleet.secret()).status == 404);
    Player player(fleet);
    player.start(game);
    player.plays();
    CHECK(fleet.getFile(base::sha256(text), fleet.secret()).body == text);
    const auto rest = fleet.getFile(base::sha256(text), fleet.secret(), "bytes=4000-");
    CHECK(rest.status == 206);
    CHECK(rest.body == text.substr(4000));
    CHECK(fleet.getFile(base::sha256(text), fleet.secret() + "x").status == 401);
    CHECK(fleet.getFile(base::sha256(text), "").status == 401);
    CHECK(get(fleet.coordinator->address("/worker/files/" + base::sha256(text))).status == 401);
    CHECK(fleet.getFile(base::sha256(other), fleet.secret()).status == 404);
    CHECK(fleet.getFile("../worker", fleet.secret()).status == 404);
    fleet.dir.write("games/testcard/Mine.card", text + "#\n"); // another file now
    CHECK(fleet.getFile(base::sha256(text), fleet.secret()).status == 404);
}

TEST_CASE("the cache keeps its limit: the oldest file goes, a game that cannot fit is refused") {
    Fleet fleet({}, {"--cache-size=1"});
    const auto old = card(700'000, "old"), young = card(700'000, "young");
    const auto oldGame = fleet.add("Old.card", old), youngGame = fleet.add("Young.card", young);
    const auto hugeGame = fleet.add("Huge.card", card(1'100'000, "huge"));
    Player player(fleet);
    player.start(oldGame);
    player.plays();
    {
        Player second(fleet);
        second.start(youngGame); // the first game still uses what takes the space
        CHECK(second.visitor.hearFailure() == "cache-full");
    }
    CHECK(fleet.isCached(old));
    player.visitor.send(Leave{});
    REQUIRE(until([&] { return filesIn(fleet.cache() / "rooms").empty(); }));
    player.start(youngGame);
    player.plays();
    CHECK(fleet.isCached(young));
    CHECK_FALSE(fleet.isCached(old));
    player.start(hugeGame);
    CHECK(player.visitor.hearFailure() == "cache-full");
}

TEST_CASE("two rooms that want the same file share its transfer") {
    Fleet fleet(Plans{{.stallAt = 100'000}});
    const auto game = fleet.add("Shared.card", card(400'000, "shared"));
    Player one(fleet), other(fleet);
    one.start(game);
    REQUIRE(until([&] { return !fleet.proxy->transfers().empty() && fleet.transfer(0).bytes == 100'000; }));
    other.start(game);
    REQUIRE(other.visitor.hear<Progress>());
    fleet.proxy->cutStalled();
    one.plays();
    other.plays();
    CHECK(one.room != other.room);
    REQUIRE(fleet.proxy->transfers().size() == 2);
    CHECK(fleet.transfer(1).bytes == 300'000);
}

TEST_CASE("who leaves while the file comes ends its transfer; the next one goes on from there") {
    Fleet fleet(Plans{{.stallAt = 100'000}});
    const auto game = fleet.add("Left.card", card(400'000, "left"));
    Player player(fleet);
    player.start(game);
    REQUIRE(until([&] { return !fleet.proxy->transfers().empty() && fleet.transfer(0).bytes == 100'000; }));
    player.visitor.send(Leave{});
    CHECK(until([&] { return !fleet.transfer(0).open; }));
    CHECK(until([&] { return getJson(fleet.coordinator->address("/healthz"))["rooms"] == 0; }));
    CHECK(until([&] { return fleet.worker->processesOf("room").size() == 1; })); // the warm spare
    player.start(game);
    player.plays();
    REQUIRE(fleet.proxy->transfers().size() == 2);
    CHECK(fleet.transfer(1).bytes == 300'000);
}

TEST_CASE("a room whose files are on their way survives a restart of the coordinator") {
    Fleet fleet(Plans{{.stallAt = 100'000}});
    const auto game = fleet.add("Kept.card", card(400'000, "kept"));
    const auto port = fleet.coordinator->port();
    Player player(fleet);
    player.start(game);
    REQUIRE(until([&] { return !fleet.proxy->transfers().empty() && fleet.transfer(0).bytes == 100'000; }));
    fleet.coordinator.reset();
    fleet.proxy->cutStalled();
    fleet.startCoordinator(port, 60);
    REQUIRE(fleet.hasWorker());
    CHECK(getJson(fleet.coordinator->address("/healthz"))["rooms"] == 1);
    CHECK(until([&] { return fleet.isCached(card(400'000, "kept")); }));
}

TEST_CASE("a worker that shares the coordinator's folders fetches nothing") {
    Fleet fleet({}, {"--shared-games"});
    const auto game = fleet.add("Here.card", card(300'000, "here"));
    Player player(fleet);
    player.start(game);
    player.plays();
    CHECK(fleet.proxy->transfers().empty());
    CHECK_FALSE(fs::exists(fleet.cache()));
}
