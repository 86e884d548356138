// What the facade promises, whichever store the objects are in.
#include "await.hpp"
#include "base/sha256.hpp"
#include "stores.hpp"

#include "base/compression.hpp"
#include "base/failure.hpp"

#include <set>

using namespace cloudretro;
using namespace cloudretro::coordinator::store;
using test::await;

namespace {

const SaveKey one{"ann", "nes/flash", Kind::State, "1"};
const SaveKey automatic{"ann", "nes/flash", Kind::State, "auto"};

SaveWrite writeOf(const SaveKey& key, std::string bytes, std::int64_t epoch = 1) {
    SaveWrite write;
    write.key = key;
    write.bytes = std::move(bytes);
    write.epoch = epoch;
    write.core = "nestopia";
    return write;
}

Result<Version> put(Saves& saves, SaveWrite write) {
    return await<Version>([&](auto done) { saves.put(std::move(write), done); });
}

std::string get(Saves& saves, const Version& version) {
    auto bytes = await<Bytes>([&](auto done) { saves.get(version, done); });
    return bytes ? **bytes : bytes.trouble().code;
}

std::size_t objectsIn(Saves& saves) {
    return await<std::vector<ObjectInfo>>([&](auto done) { saves.blobs().list(done); })->size();
}

}

TEST_CASE("a save comes back with its thumbnail, also after a restart, in each store") {
    auto made = test::make(GENERATE(from_range(test::places())));
    auto& saves = *made.saves;
    auto write = writeOf(one, std::string(100'000, 's') + '\0');
    write.thumbnail = "picture";
    write.name = "before the boss";
    const auto stored = put(saves, write);
    REQUIRE(stored);
    const auto version = saves.latest(one);
    REQUIRE(version);
    CHECK(version->name == "before the boss");
    CHECK(version->size == 100'001);
    CHECK(get(saves, *version) == write.bytes);
    CHECK(**await<Bytes>([&](auto done) { saves.thumbnail(*version, done); }) == "picture");
    CHECK(objectsIn(saves) == 2);
    test::restart(made);
    CHECK(get(*made.saves, *made.saves->latest(one)) == write.bytes);
}

TEST_CASE("a save of no bytes is a save, in each store") {
    auto made = test::make(GENERATE(from_range(test::places())));
    REQUIRE(put(*made.saves, writeOf(one, "")));
    CHECK(get(*made.saves, *made.saves->latest(one)).empty());
    CHECK_FALSE(made.saves->latest(automatic));
    CHECK(made.saves->list("ann", "nes/flash").size() == 1);
    CHECK(made.saves->list("bob", "nes/flash").empty());
}

TEST_CASE("writes into one slot are done in their order, in each store") {
    auto made = test::make(GENERATE(from_range(test::places())));
    std::string order;
    int answered = 0;
    for (int i = 0; i < 8; ++i)
        made.saves->put(writeOf(one, std::string(i % 2 ? 10 : 500'000, char('a' + i)) + std::to_string(i)),
            [&, i](const Result<Version>& result) {
                ++answered;
                if (result) order += std::to_string(i);
            });
    CHECK(order.empty()); // never from within the call
    REQUIRE(test::until([&] { return answered == 8; }));
    CHECK(order == "01234567");
    CHECK(get(*made.saves, *made.saves->latest(one)).back() == '7');
}

TEST_CASE("what no version needs any more leaves the store, what others share stays, in each store") {
    auto made = test::make(GENERATE(from_range(test::places())));
    auto& saves = *made.saves;
    REQUIRE(put(saves, writeOf(one, "shared")));
    REQUIRE(put(saves, writeOf(automatic, "shared")));
    for (int i = 0; i < 9; ++i) REQUIRE(put(saves, writeOf(automatic, std::to_string(i))));
    CHECK(test::until([&] { return objectsIn(saves) == 6; }));
    CHECK(get(saves, *saves.latest(one)) == "shared");
    for (const auto& version : saves.history(automatic)) CHECK(get(saves, version).size() == 1);
    saves.remove(automatic);
    CHECK(test::until([&] { return objectsIn(saves) == 1; }));
    CHECK(get(saves, *saves.latest(one)) == "shared");
}

TEST_CASE("bytes that are removed and put again at the same time stay, in each store") {
    auto made = test::make(GENERATE(from_range(test::places())));
    auto& saves = *made.saves;
    for (int round = 0; round < 10; ++round) {
        REQUIRE(put(saves, writeOf(one, "the same")));
        saves.remove(one); // under way while it is put again
        REQUIRE(put(saves, writeOf(one, "the same")));
        CHECK(get(saves, *saves.latest(one)) == "the same");
        saves.put(writeOf(automatic, "the same"), [](const Result<Version>&) {});
        saves.remove(one); // while it is put
        REQUIRE(test::until([&] { return saves.latest(automatic).has_value(); }));
        CHECK(get(saves, *saves.latest(automatic)) == "the same");
        saves.remove(automatic);
    }
}

TEST_CASE("a late writer hears that it is stale, and changes nothing, in each store") {
    auto made = test::make(GENERATE(from_range(test::places())));
    auto& saves = *made.saves;
    const auto before = saves.nextEpoch("nes/flash", "ann"), after = saves.nextEpoch("nes/flash", "ann");
    REQUIRE(put(saves, writeOf(one, "old", before)));
    REQUIRE(put(saves, writeOf(one, "new", after)));
    const auto late = put(saves, writeOf(one, "late", before));
    REQUIRE_FALSE(late);
    CHECK(late.trouble().code == "stale");
    CHECK(get(saves, *saves.latest(one)) == "new");
    CHECK(saves.history(one).size() == 2);
    CHECK(objectsIn(saves) == 2);
}

TEST_CASE("undo gives back the save before, in each store") {
    auto made = test::make(GENERATE(from_range(test::places())));
    auto& saves = *made.saves;
    REQUIRE(put(saves, writeOf(one, "good")));
    REQUIRE(put(saves, writeOf(one, "bad")));
    CHECK(get(saves, *saves.undo(one)) == "good");
    CHECK(get(saves, *saves.latest(one)) == "good");
    CHECK_FALSE(saves.undo(one));
}

TEST_CASE("what cannot be saved is refused with the reason") {
    auto made = test::make("SQLite");
    const auto codeOf = [&](SaveWrite write) {
        const auto result = put(*made.saves, std::move(write));
        return result ? "" : result.trouble().code;
    };
    CHECK(codeOf(writeOf({"ann", "nes/flash", Kind::State, ""}, "x")) == "bad-save");
    CHECK(codeOf(writeOf(one, std::string(maxSaveBytes + 1, 'x'))) == "save-too-large");
    auto write = writeOf(one, "x");
    write.thumbnail.assign(maxThumbnailBytes + 1, 'x');
    CHECK(codeOf(write) == "bad-save");
    CHECK(objectsIn(*made.saves) == 0);
    CHECK(codeOf(writeOf(one, std::string(maxSaveBytes, 'x'))) == "");
}

TEST_CASE("what comes compressed is stored as it is, and checked") {
    auto made = test::make("SQLite");
    const std::string bytes(100'000, 'z');
    auto write = writeOf(one, base::compress(bytes));
    write.unpacked = bytes.size();
    const auto packed = write.bytes;
    auto version = put(*made.saves, write);
    REQUIRE(version);
    CHECK(version->object == base::sha256(packed));
    CHECK(version->size == bytes.size());
    CHECK(get(*made.saves, *version) == bytes);
    CHECK(**await<Bytes>([&](auto done) { made.saves->object(version->object, done); }) == packed);

    write.unpacked = bytes.size() + 1;
    CHECK(put(*made.saves, write).trouble().code == "bad-save");
    write.unpacked = bytes.size();
    write.bytes.pop_back();
    CHECK(put(*made.saves, write).trouble().code == "bad-save");
    write.unpacked = maxSaveBytes + 1;
    CHECK(put(*made.saves, write).trouble().code == "save-too-large");
}

TEST_CASE("an older version that is restored stays when its own is forgotten, in each store") {
    auto made = test::make(GENERATE(from_range(test::places())));
    auto& saves = *made.saves;
    REQUIRE(put(saves, writeOf(one, "good")));
    REQUIRE(put(saves, writeOf(one, "bad")));
    const auto restored = saves.restore(one, 1);
    REQUIRE(restored);
    for (int i = 0; i < 9; ++i) REQUIRE(put(saves, writeOf(one, "newer " + std::to_string(i))));
    CHECK_FALSE(saves.find(one, 1));
    REQUIRE(saves.find(one, restored->sequence));
    CHECK(get(saves, *saves.find(one, restored->sequence)) == "good");
}

TEST_CASE("a room that opens is noted with its epoch, also that of another process") {
    auto made = test::make("SQLite");
    auto& saves = *made.saves;
    const auto epoch = saves.openRoom("room", "nes/flash", "ann");
    REQUIRE(saves.writerOf("room", epoch));
    CHECK(saves.writerOf("room", epoch)->profile == "ann");
    saves.adoptRoom("kept", epoch + 10, {"ann", "nes/flash"});
    CHECK(saves.writerOf("kept", epoch + 10)->game == "nes/flash");
    CHECK(saves.openRoom("next", "nes/flash", "ann") > epoch + 10);
}

TEST_CASE("a damaged object is told of, never handed out") {
    auto made = test::make("SQLite");
    const auto version = put(*made.saves, writeOf(one, std::string(1000, 'x')));
    REQUIRE(version);
    base::Database(made.dir->path / "cloudretro.db").runAll("UPDATE objects SET bytes = x'00112233'");
    CHECK(get(*made.saves, *made.saves->latest(one)) == "save-damaged");
    auto lying = *made.saves->latest(one);
    base::Database(made.dir->path / "cloudretro.db").runAll("DELETE FROM objects");
    CHECK(get(*made.saves, lying) == "save-missing");
}

TEST_CASE("a database that is damaged stops the start with a remedy, and is left as it is") {
    const test::TempDir dir;
    dir.write("cloudretro.db", std::string(5000, 'x'));
    try {
        Saves saves(dir.path);
        FAIL("it was opened");
    } catch (const base::Failure& failure) {
        CHECK(failure.trouble().code == "database-damaged");
        CHECK_THAT(failure.trouble().message, Catch::Contains("cloudretro.db"));
        CHECK_FALSE(failure.trouble().remedy.empty());
    }
    CHECK(std::filesystem::file_size(dir.path / "cloudretro.db") == 5000);
}
