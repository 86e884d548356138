#include "worker/coordinator_link.hpp"
#include "worker/file_cache.hpp"

#include "../../temp_dir.hpp"
#include "base/failure.hpp"
#include "worker/game_fetcher.hpp"

#include <catch2/catch.hpp>

#include <memory>

using namespace cloudretro;
using namespace cloudretro::worker;
using cloudretro::protocol::GameFile;
using cloudretro::test::TempDir;
namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;
using Folder = FileCache::Folder;

CachedFile file(const std::string& name, std::uintmax_t size, int used, bool inUse = false) {
    return {name, size, fs::file_time_type(std::chrono::seconds(used)), inUse};
}

GameFile put(const FileCache&, const TempDir& dir, char digit, std::size_t size) {
    const std::string hash(64, digit);
    dir.write("files/" + hash, std::string(size, 'x'));
    return {"Game.bin", hash, double(size)};
}

std::string troubleOf(const std::function<void()>& call) {
    try {
        call();
    } catch (const base::Failure& failure) { return failure.trouble().code; }
    return "none";
}

}

TEST_CASE("the least recently used files make way, as many as it takes") {
    const std::vector files{file("new", 30, 3), file("old", 30, 1), file("middle", 30, 2)};
    CHECK(toRemove(files, 10, 100) == Names{});
    CHECK(toRemove(files, 11, 100) == Names{"old"});
    CHECK(toRemove(files, 41, 100) == Names{"old", "middle"});
    CHECK(toRemove(files, 100, 100) == Names{"old", "middle", "new"});
    CHECK_FALSE(toRemove(files, 101, 100));
    CHECK(toRemove({}, 0, 0) == Names{});
}

TEST_CASE("files in use never make way") {
    const std::vector files{file("old", 60, 1, true), file("new", 30, 2)};
    CHECK(toRemove(files, 40, 100) == Names{"new"});
    CHECK_FALSE(toRemove(files, 41, 100));
}

TEST_CASE("the cache knows a file in use by its link in a room, which keeps it until the room is gone") {
    const TempDir dir;
    const FileCache cache(dir.path, 100);
    const auto game = put(cache, dir, 'a', 80);
    REQUIRE(cache.has(game));
    cache.link(game, "room", Folder::Game);
    CHECK(fs::exists(cache.folderOf("room", Folder::Game) / "Game.bin"));
    CHECK(troubleOf([&] { cache.makeWay(50, {}); }) == "cache-full");
    CHECK(cache.has(game));
    cache.release("room");
    CHECK_FALSE(fs::exists(cache.folderOf("room", Folder::Game)));
    CHECK(troubleOf([&] { cache.makeWay(50, {game.hash}); }) == "cache-full"); // it is on its way
    CHECK(troubleOf([&] { cache.makeWay(50, {}); }) == "none");
    CHECK_FALSE(cache.has(game));
}

TEST_CASE("a file that was used lately stays, one that was not goes") {
    const TempDir dir;
    const FileCache cache(dir.path, 100);
    const auto first = put(cache, dir, 'a', 40), second = put(cache, dir, 'b', 40);
    const auto yesterday = fs::file_time_type::clock::now() - std::chrono::hours(24);
    fs::last_write_time(dir.path / "files" / first.hash, yesterday);
    fs::last_write_time(dir.path / "files" / second.hash, yesterday + std::chrono::hours(1));
    cache.link(first, "room", Folder::Game);
    cache.release("room");
    cache.makeWay(50, {});
    CHECK(cache.has(first));
    CHECK_FALSE(cache.has(second));
}

TEST_CASE("a file of another size than promised is not there; what has come of one can be taken over") {
    const TempDir dir;
    FileCache cache(dir.path, 100);
    auto game = put(cache, dir, 'a', 80);
    game.size = 81;
    CHECK_FALSE(cache.has(game));
    const std::string hash(64, 'c');
    CHECK(cache.sizeOfPart(hash) == 0);
    dir.write("files/" + hash + ".part", "12345");
    CHECK(cache.sizeOfPart(hash) == 5);
    cache.adopt(hash);
    CHECK(cache.has({"x", hash, 5}));
    CHECK(cache.sizeOfPart(hash) == 0);
}

TEST_CASE("one worker at a time has a cache; what rooms of the one before left is gone") {
    const TempDir dir;
    auto cache = std::make_unique<FileCache>(dir.path, 100);
    cache->link(put(*cache, dir, 'a', 80), "room", Folder::Game);
    CHECK(troubleOf([&] { const FileCache second(dir.path, 100); }) == "config");
    cache.reset();
    const FileCache next(dir.path, 100);
    CHECK_FALSE(fs::exists(dir.path / "rooms" / "room"));
    CHECK(troubleOf([&] { next.makeWay(50, {}); }) == "none");
}

TEST_CASE("names and hashes from the network become files only when they are plain") {
    const std::string hash(64, 'a');
    const auto isSane = [](GameFile f) { return isSaneList({std::move(f)}); };
    CHECK(isSaneList({}));
    CHECK(isSane({"Game (Europe).nes", hash, 1}));
    CHECK(isSane({"...", hash, 1}));
    for (const auto* name : {"", ".", "..", "../x", "/x", "a/b"}) CHECK_FALSE(isSane({name, hash, 1}));
    CHECK_FALSE(isSane({std::string("a\0b", 3), hash, 1}));
    CHECK_FALSE(isSane({std::string(256, 'a'), hash, 1}));
    CHECK_FALSE(isSane({"a", hash.substr(1), 1}));
    CHECK_FALSE(isSane({"a", std::string(64, 'A'), 1}));
    CHECK_FALSE(isSane({"a", "../" + hash.substr(3), 1}));
    for (const double size : {0.0, -1.0, 1.5, 1e18, std::numeric_limits<double>::quiet_NaN()})
        CHECK_FALSE(isSane({"a", hash, size}));
    CHECK_FALSE(isSaneList({{"a", hash, 1}, {"a", hash, 1}}));
}

TEST_CASE("files are fetched from where the worker registers") {
    CHECK(httpAddress("ws://10.0.0.1:8000/worker") == "http://10.0.0.1:8000/worker");
    CHECK(httpAddress("wss://games.example.org/worker/?x=1") == "https://games.example.org/worker");
}
