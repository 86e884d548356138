#include "coordinator/store/save_index.hpp"
#include "coordinator/store/schema.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using namespace cloudretro::coordinator::store;

namespace {

struct Fixture {
    Fixture() { migrate(database); }

    std::variant<Pointed, Stale> point(
        const SaveKey& key, const std::string& object, std::int64_t epoch = 1) {
        Version version;
        version.key = key;
        version.object = object;
        version.thumbnail = "t" + object;
        version.size = 10;
        version.name = "called " + object;
        version.core = "nestopia";
        version.coreVersion = "1.52";
        version.room = "room";
        version.epoch = epoch;
        time += between;
        return index.point(version);
    }

    std::string objects(const SaveKey& key) {
        std::string text;
        for (const auto& version : index.history(key))
            text += version.object + (version.current ? "* " : " ");
        return text;
    }

    base::Database database{":memory:"};
    std::int64_t time = 1'800'000'000'000, between = 180'000;
    SaveIndex index{database, [this] { return time; }};
    const SaveKey automatic{"ann", "nes/flash", Kind::State, "auto"};
    const SaveKey one{"ann", "nes/flash", Kind::State, "1"};
};

std::string hashesOf(const std::vector<Dropped>& dropped) {
    std::string text;
    for (const auto& object : dropped) text += object.hash + " ";
    return text;
}

}

TEST_CASE_METHOD(Fixture, "a version is found with all that was said of it") {
    const auto moved = point(one, "a", 7);
    REQUIRE(std::holds_alternative<Pointed>(moved));
    CHECK(std::get<Pointed>(moved).dropped.empty());
    const auto version = index.latest(one);
    REQUIRE(version);
    CHECK(version->key == one);
    CHECK(version->sequence == 1);
    CHECK(version->object == "a");
    CHECK(version->thumbnail == "ta");
    CHECK(version->size == 10);
    CHECK(version->time > 1'700'000'000'000);
    CHECK(version->name == "called a");
    CHECK(version->core == "nestopia");
    CHECK(version->coreVersion == "1.52");
    CHECK(version->room == "room");
    CHECK(version->epoch == 7);
    CHECK(version->current);
}

TEST_CASE_METHOD(Fixture, "profiles, games, kinds and slots are apart") {
    const SaveKey others[] = {{"bob", "nes/flash", Kind::State, "1"}, {"ann", "nes/other", Kind::State, "1"},
        {"ann", "nes/flash", Kind::Sram, "1"}, {"ann", "nes/flash", Kind::State, "2"}};
    point(one, "a");
    for (const auto& key : others) CHECK_FALSE(index.latest(key));
    for (const auto& key : others) point(key, "b");
    CHECK(objects(one) == "a* ");
}

TEST_CASE_METHOD(Fixture, "the last ten versions of a slot are kept, five of the automatic state") {
    const SaveKey automatic{"ann", "nes/flash", Kind::State, "auto"},
        sram{"ann", "nes/flash", Kind::Sram, "auto"};
    std::string dropped;
    for (int i = 0; i < 12; ++i) {
        auto moved = point(one, std::to_string(i));
        dropped += hashesOf(std::get<Pointed>(moved).dropped);
        point(automatic, std::to_string(i));
        point(sram, std::to_string(i));
    }
    CHECK(objects(one) == "11* 10 9 8 7 6 5 4 3 2 ");
    CHECK(objects(sram) == "11* 10 9 8 7 6 5 4 3 2 ");
    CHECK(objects(automatic) == "11* 10 9 8 7 ");
    CHECK(dropped == "0 t0 1 t1 ");
}

TEST_CASE_METHOD(Fixture, "undo goes back step by step, and a new save after it starts from there") {
    for (const auto* object : {"a", "b", "c"}) point(one, object);
    REQUIRE(index.undo(one));
    CHECK(objects(one) == "c b* a ");
    point(one, "d");
    CHECK(objects(one) == "d* c b a ");
    CHECK(index.undo(one)->object == "b");
    CHECK(index.undo(one)->object == "a");
    CHECK_FALSE(index.undo(one));
    CHECK(objects(one) == "d c b a* ");
    CHECK_FALSE(index.undo({"nobody", "nes/flash"}));
}

TEST_CASE_METHOD(Fixture, "undo finds an older version when the one before is forgotten") {
    for (int i = 0; i < 10; ++i) point(one, std::to_string(i));
    for (int i = 0; i < 8; ++i) index.undo(one);
    point(one, "x"); // after 1; pushes 0 out
    point(one, "y"); // pushes 1 out
    CHECK(index.undo(one)->object == "x");
    CHECK_FALSE(index.undo(one));
}

TEST_CASE_METHOD(Fixture, "a late writer changes nothing") {
    point(one, "new", 5);
    CHECK(std::holds_alternative<Stale>(point(one, "late", 4)));
    CHECK(objects(one) == "new* ");
    CHECK(std::holds_alternative<Pointed>(point(one, "same room", 5)));
    CHECK(index.newestEpoch(one) == 5);
}

TEST_CASE_METHOD(Fixture, "a late writer does not bring back what was removed") {
    point(one, "new", 5);
    CHECK(hashesOf(index.remove(one)) == "new tnew ");
    CHECK(std::holds_alternative<Stale>(point(one, "late", 4)));
    CHECK_FALSE(index.latest(one));
    CHECK(index.history(one).empty());
    CHECK(std::holds_alternative<Pointed>(point(one, "again", 6)));
    CHECK(index.latest(one)->sequence == 2);
}

TEST_CASE_METHOD(Fixture, "every room gets a greater epoch than all before") {
    CHECK(index.nextEpoch("nes/flash", "ann") == 1);
    CHECK(index.nextEpoch("nes/flash", "ann") == 2);
    CHECK(index.nextEpoch("nes/flash", "bob") == 1);
    CHECK(index.nextEpoch("nes/other", "ann") == 1);
    point(one, "a", 41); // of an import, whose counter is not here
    CHECK(index.nextEpoch("nes/flash", "ann") == 42);
    CHECK(index.nextEpoch("nes/flash", "ann") == 43);
}

TEST_CASE_METHOD(Fixture, "a game that stands still does not push older versions out") {
    point(one, "a");
    for (int i = 0; i < 20; ++i) point(one, "b", 1 + i);
    CHECK(objects(one) == "b* a ");
    CHECK(index.newestEpoch(one) == 20);
    CHECK(index.undo(one)->object == "a");
}

TEST_CASE_METHOD(Fixture, "automatic states of a room stay in the history at least two minutes apart") {
    between = 5'000;
    for (int i = 0; i < 60; ++i) point(automatic, std::to_string(i)); // five minutes
    CHECK(objects(automatic) == "59* 48 24 0 ");
    point(one, "x");
    point(one, "y"); // made on purpose
    CHECK(objects(one) == "y* x ");
}

TEST_CASE_METHOD(Fixture, "the last automatic state of another room, and one that was gone back to, stay") {
    between = 5'000;
    for (const auto* object : {"a", "b"}) point(automatic, object);
    Version other;
    other.key = automatic;
    other.room = "another";
    other.object = "c";
    other.epoch = 2;
    index.point(other);
    CHECK(objects(automatic) == "c* b a ");
    index.undo(automatic);
    point(automatic, "d", 2);
    CHECK(objects(automatic) == "d* c b a ");
}

TEST_CASE_METHOD(Fixture, "an older version is restored as a new one") {
    for (const auto* object : {"a", "b", "c"}) point(one, object, 4);
    const auto restored = index.restore(one, 1);
    REQUIRE(restored);
    CHECK(restored->version.sequence == 4);
    CHECK(restored->version.name == "called a");
    CHECK(objects(one) == "a* c b a ");
    CHECK(std::holds_alternative<Pointed>(point(one, "d", 4))); // the room that runs goes on saving
    CHECK_FALSE(index.restore(one, 99));
    CHECK_FALSE(index.restore({"bob", "nes/flash", Kind::State, "1"}, 1));
}

TEST_CASE_METHOD(Fixture, "epochs go on from the greatest that was heard of") {
    index.reachEpoch("nes/flash", "ann", 41);
    CHECK(index.nextEpoch("nes/flash", "ann") == 42);
    index.reachEpoch("nes/flash", "ann", 7);
    CHECK(index.nextEpoch("nes/flash", "ann") == 43);
}

TEST_CASE_METHOD(Fixture, "a list shows what each slot of a game holds, the newest first") {
    const SaveKey two{"ann", "nes/flash", Kind::State, "2"};
    point(one, "a");
    point(two, "b");
    point(two, "c");
    point({"bob", "nes/flash", Kind::State, "2"}, "d");
    database.run("UPDATE versions SET time = CASE object WHEN 'a' THEN 1 ELSE 2 END");
    const auto list = index.list("ann", "nes/flash");
    REQUIRE(list.size() == 2);
    CHECK(list[0].object == "c");
    CHECK(list[1].object == "a");
}

TEST_CASE_METHOD(
    Fixture, "the recent games are one version each: the newest state, else what the game saved") {
    point({"ann", "nes/old", Kind::State, "3"}, "old");
    point({"ann", "nes/flash", Kind::State, "auto"}, "flash auto");
    point({"ann", "nes/flash", Kind::State, "1"}, "flash 1");
    point({"ann", "nes/flash", Kind::Sram, "auto"}, "flash sram");
    point({"ann", "gb/only", Kind::Sram, "auto"}, "only sram");
    point({"bob", "gb/only", Kind::State, "auto"}, "bob's");
    database.run("UPDATE versions SET time = 10 * slot");
    const auto names = [&](int most) {
        std::string text;
        for (const auto& version : index.listRecent("ann", most)) text += version.object + ", ";
        return text;
    };
    CHECK(names(10) == "only sram, flash 1, old, ");
    CHECK(names(1) == "only sram, ");
    database.run("UPDATE versions SET time = 100 WHERE object = 'flash auto'");
    CHECK(names(10) == "flash auto, only sram, old, ");
}

TEST_CASE_METHOD(Fixture, "one version is renamed, not the slot") {
    point(one, "a");
    point(one, "b");
    CHECK(index.rename(one, 1, "before the boss"));
    CHECK(index.find(one, 1)->name == "before the boss");
    CHECK(index.find(one, 2)->name == "called b");
    CHECK_FALSE(index.rename(one, 3, "x"));
}

TEST_CASE_METHOD(Fixture, "objects that several versions share are known by name") {
    point(one, "a");
    point({"ann", "nes/flash", Kind::State, "2"}, "a");
    CHECK(index.references() == std::set<std::string>{"a", "ta"});
    index.remove(one);
    CHECK(index.refersTo("a"));
    index.remove({"ann", "nes/flash", Kind::State, "2"});
    CHECK_FALSE(index.refersTo("a"));
    CHECK(index.references().empty());
}

TEST_CASE_METHOD(Fixture, "a slot of another database is adopted as it is, unless there are saves here") {
    for (const auto* object : {"a", "b", "c"}) point(one, object, 9);
    index.undo(one);
    Fixture other;
    REQUIRE(other.index.adopt(index.all()));
    CHECK(other.objects(one) == "c b* a ");
    CHECK(other.index.newestEpoch(one) == 9);
    CHECK(other.index.undo(one)->object == "a");
    CHECK_FALSE(other.index.adopt(index.all()));
    CHECK(other.objects(one) == "c b a* ");
}

TEST_CASE("a key has names of sane length, without control characters, in UTF-8") {
    CHECK_FALSE(faultOf({"p", "nes/Grüße", Kind::State, "before the boss"}));
    for (const auto& wrong : {std::string(), std::string("a\nb"), std::string(2000, 'x'), std::string("\xff"),
             std::string("a\0b", 3)}) {
        CHECK(faultOf({wrong, "g", Kind::State, "1"}));
        CHECK(faultOf({"p", wrong, Kind::State, "1"}));
        CHECK(faultOf({"p", "g", Kind::State, wrong}));
    }
}

TEST_CASE("kinds have names") {
    for (const auto kind : {Kind::Sram, Kind::State, Kind::Files}) CHECK(kindOf(nameOf(kind)) == kind);
    CHECK_FALSE(kindOf("other"));
}
