// `cloudretro saves …`, as operators run it.
#include "../server.hpp"
#include "await.hpp"
#include "base/sha256.hpp"
#include "base/sqlite.hpp"
#include "coordinator/store/s3_blob_store.hpp"
#include "stores.hpp"
#include "swift.hpp"

using namespace cloudretro;
using namespace cloudretro::coordinator::store;
using test::await;
using test::TempDir;

namespace {

const SaveKey one{"ann", "nes/Grüße & more", Kind::State, "1"};

void put(Saves& saves, const SaveKey& key, const std::string& bytes, const std::string& thumbnail = "") {
    SaveWrite write;
    write.key = key;
    write.bytes = bytes;
    write.thumbnail = thumbnail;
    write.epoch = 3;
    REQUIRE(await<Version>([&](auto done) { saves.put(write, done); }));
}

std::string get(Saves& saves, const SaveKey& key) {
    const auto version = saves.latest(key);
    if (!version) return "nothing";
    auto bytes = await<Bytes>([&](auto done) { saves.get(*version, done); });
    return bytes ? **bytes : bytes.trouble().code;
}

void putSome(Saves& saves) {
    put(saves, one, "first");
    put(saves, one, std::string(100'000, 'x'), "picture");
    put(saves, {"bob", "gb/a", Kind::Sram, "auto"}, "battery");
    REQUIRE(saves.undo(one));
}

test::Run command(std::vector<std::string> words, const std::filesystem::path& dir) {
    words.insert(words.begin(), "saves");
    words.push_back("--data-dir=" + dir.string());
    return test::run(words);
}

}

TEST_CASE("an export and its import give the same saves, by folder and by tar") {
    const auto form = GENERATE("backup", "backup.tar");
    const auto made = test::make("SQLite");
    putSome(*made.saves);
    const TempDir other;
    const auto path = (other.path / form).string();
    const auto exported = command({"export", path}, made.dir->path);
    CHECK(exported.exitCode == 0);
    CHECK_THAT(exported.out, Catch::StartsWith("3 saves exported"));
    const auto imported = command({"import", path}, other.path);
    INFO(imported.err);
    CHECK(imported.exitCode == 0);
    CHECK_THAT(imported.out, Catch::StartsWith("3 saves imported"));
    {
        Saves saves(other.path);
        CHECK(get(saves, one) == "first");
        CHECK(saves.history(one).size() == 2);
        CHECK(**await<Bytes>([&](auto done) { saves.thumbnail(saves.history(one).front(), done); }) ==
              "picture");
        CHECK(get(saves, {"bob", "gb/a", Kind::Sram, "auto"}) == "battery");
        CHECK(saves.nextEpoch(one.game, one.profile) == 4);
        put(saves, one, "played on");
    }
    CHECK(command({"verify"}, other.path).exitCode == 0);
    const auto again = command({"import", path}, other.path);
    CHECK_THAT(again.out, Catch::Contains("2 slots have saves here already"));
    Saves saves(other.path);
    CHECK(get(saves, one) == "played on");
}

TEST_CASE("an export that somebody changed is refused, and changes no slot") {
    const auto made = test::make("SQLite");
    putSome(*made.saves);
    const TempDir other;
    const auto folder = other.path / "backup";
    REQUIRE(command({"export", folder.string()}, made.dir->path).exitCode == 0);
    const auto object = folder / "objects" / made.saves->latest(one)->object;
    const auto refused = [&](const char* why) {
        const auto imported = command({"import", folder.string()}, other.path);
        CHECK(imported.exitCode == 69);
        CHECK_THAT(imported.err, Catch::Contains(why));
        CHECK(Saves(other.path).index().all().empty());
    };
    SECTION("an object is damaged") {
        std::ofstream(object, std::ios::app) << "x";
        refused("is damaged");
    }
    SECTION("an object is missing") {
        std::filesystem::remove(object);
        refused("is not in it");
    }
    SECTION("the list is damaged") {
        std::ofstream(folder / "saves.json", std::ios::app) << "x";
        refused("saves.json is damaged");
    }
    SECTION("the list is missing") {
        std::filesystem::remove(folder / "saves.json");
        refused("no saves.json");
    }
}

TEST_CASE("verify names what is wrong, and says so by its exit code") {
    const auto made = test::make("SQLite");
    putSome(*made.saves);
    auto verified = command({"verify"}, made.dir->path);
    CHECK(verified.exitCode == 0);
    CHECK(verified.out == "3 saves, all good.\n");
    base::Database database(made.dir->path / "cloudretro.db");
    const auto hash = made.saves->latest(one)->object;
    SECTION("an object is damaged") { database.run("UPDATE objects SET bytes = x'00' WHERE hash = ?", hash); }
    SECTION("an object is missing") { database.run("DELETE FROM objects WHERE hash = ?", hash); }
    SECTION("a size is wrong") { database.run("UPDATE versions SET size = 1 WHERE object = ?", hash); }
    verified = command({"verify"}, made.dir->path);
    CHECK(verified.exitCode == 1);
    CHECK_THAT(
        verified.out, Catch::Contains("nes/Grüße & more of ann, state in slot 1, version 1 (current)") &&
                          Catch::Contains(hash) && Catch::Contains("1 faults in 3 saves"));
}

TEST_CASE("verify finds a pointer that leads nowhere") {
    const auto made = test::make("SQLite");
    putSome(*made.saves);
    base::Database(made.dir->path / "cloudretro.db")
        .runAll("UPDATE slots SET current = 99 WHERE profile = 'bob'");
    const auto verified = command({"verify"}, made.dir->path);
    CHECK(verified.exitCode == 1);
    CHECK_THAT(verified.out, Catch::Contains("gb/a of bob, sram in slot auto: it points to a version"));
}

TEST_CASE("gc removes what nothing points to, once it is an hour old") {
    const auto made = test::make("SQLite");
    putSome(*made.saves);
    auto& blobs = made.saves->blobs();
    for (const auto* bytes : {"old", "young"})
        REQUIRE(await<Done>([&](auto done) { blobs.put(Object::of(bytes), done); }));
    base::Database(made.dir->path / "cloudretro.db")
        .run("UPDATE objects SET stored = stored - 3700 WHERE hash != ?", base::sha256("young"));
    CHECK(command({"gc"}, made.dir->path).out == "1 objects removed, 3 bytes.\n");
    CHECK_FALSE(*await<bool>([&](auto done) { blobs.has(base::sha256("old"), done); }));
    CHECK(*await<bool>([&](auto done) { blobs.has(base::sha256("young"), done); }));
    CHECK(command({"verify"}, made.dir->path).exitCode == 0);
}

TEST_CASE("the commands work on S3 too, and an export moves saves from one store to the other") {
    const auto made = test::make("S3");
    putSome(*made.saves);
    const TempDir other;
    const auto credentials =
        other.write("credentials", "[default]\naws_access_key_id = " + made.s3->credentials.key +
                                       "\naws_secret_access_key = " + made.s3->credentials.secret + "\n");
    const auto onS3 = [&](std::vector<std::string> words) {
        for (const auto& flag : {"--s3-endpoint=" + made.s3->endpoint, "--s3-bucket=" + made.s3->bucket,
                 "--s3-credentials-file=" + credentials})
            words.push_back(flag);
        return command(words, made.dir->path);
    };
    const auto path = (other.path / "backup.tar").string();
    CHECK(onS3({"verify"}).out == "3 saves, all good.\n");
    const auto credentialsOfNobody =
        other.write("wrong", "[default]\naws_access_key_id = a\naws_secret_access_key = b\n");
    const auto denied =
        command({"verify", "--s3-endpoint=" + made.s3->endpoint, "--s3-bucket=" + made.s3->bucket,
                    "--s3-credentials-file=" + credentialsOfNobody},
            made.dir->path);
    CHECK(denied.exitCode == 69);
    CHECK_THAT(denied.err, Catch::Contains("refuses our key"));
    CHECK(onS3({"gc"}).out == "0 objects removed, 0 bytes.\n");
    CHECK(onS3({"export", path}).exitCode == 0);
    CHECK(command({"import", path}, other.path).exitCode == 0);
    Saves saves(other.path);
    CHECK(get(saves, one) == "first");
    REQUIRE(*await<bool>([&](auto done) {
        made.saves->blobs().remove(made.saves->latest(one)->object, std::chrono::seconds(0), done);
    }));
    CHECK(onS3({"verify"}).exitCode == 1);
}

TEST_CASE("a folder without saves is told of, not taken for one that is good") {
    const TempDir dir;
    for (const auto* action : {"verify", "gc"}) {
        const auto result = command({action}, dir.path);
        CHECK(result.exitCode == 78);
        CHECK_THAT(result.err, Catch::Contains("--data-dir"));
    }
    CHECK(std::filesystem::is_empty(dir.path));
    CHECK(command({"import", (dir.path / "none.tar").string()}, dir.path).exitCode == 69);
    CHECK(command({}, dir.path).exitCode == 64);
    CHECK(command({"export"}, dir.path).exitCode == 64);
}
