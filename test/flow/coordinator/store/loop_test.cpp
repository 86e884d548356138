// The loop, on which everybody's games are brought together, waits for no write of a save.
#include "await.hpp"
#include "stores.hpp"

#include <optional>

using namespace cloudretro;
using namespace cloudretro::coordinator::store;

namespace {

constexpr auto turns = 50; // of the loop

// The right to write into the database, of which there is one.
struct Grip {
    explicit Grip(const test::Place& place) : database(place.dir->path / "cloudretro.db"), right(database) {}
    base::Database database;
    base::Transaction right;
};

bool takesTurns() {
    return test::until([turn = 0]() mutable { return ++turn == turns; });
}

}

TEST_CASE("while an object waits to be written the loop goes on, and then it is stored") {
    auto place = test::make("SQLite");
    std::optional<Grip> grip(std::in_place, place);
    std::optional<Result<Done>> answer;
    place.saves->blobs().put(Object::of("bytes"), [&](Result<Done> result) { answer = std::move(result); });
    REQUIRE(takesTurns());
    CHECK_FALSE(answer);
    grip.reset();
    REQUIRE(test::until([&] { return answer.has_value(); }));
    CHECK(*answer);
}

TEST_CASE("while a pointer waits to be moved the loop goes on, and nobody hears of the save before") {
    auto place = test::make("S3"); // its objects are not in the database
    auto& saves = *place.saves;
    const SaveKey key{"ann", "nes/flash", Kind::State, "1"};
    std::optional<Grip> grip(std::in_place, place);
    std::optional<Result<Version>> answer;
    SaveWrite write;
    write.key = key;
    write.bytes = "bytes";
    saves.put(write, [&](Result<Version> result) { answer = std::move(result); });
    REQUIRE(test::until([&] {
        return test::await<std::vector<ObjectInfo>>([&](auto done) { saves.blobs().list(done); })->size() ==
               1;
    }));
    REQUIRE(takesTurns());
    CHECK_FALSE(answer);
    CHECK_FALSE(saves.latest(key)); // who only reads does not wait either
    grip.reset();
    REQUIRE(test::until([&] { return answer.has_value(); }));
    CHECK(*answer);
    CHECK(saves.latest(key));
}

TEST_CASE("what a store was writing when it was destroyed is finished, and nobody is told") {
    auto place = test::make("SQLite");
    std::optional<Grip> grip(std::in_place, place);
    const auto object = Object::of("bytes");
    bool isTold = false;
    place.saves->blobs().put(object, [&](const Result<Done>&) { isTold = true; });
    place.saves.reset();
    grip.reset();
    test::restart(place);
    CHECK(test::until(
        [&] { return *test::await<bool>([&](auto done) { place.saves->blobs().has(object.hash, done); }); }));
    CHECK_FALSE(isTold);
}
