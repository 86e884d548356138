#include "../../../temp_dir.hpp"
#include "base/failure.hpp"
#include "coordinator/store/save_index.hpp"
#include "coordinator/store/schema.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using namespace cloudretro::coordinator::store;

TEST_CASE("a database keeps its saves when it is opened again") {
    const test::TempDir dir;
    const SaveKey key{"p", "nes/a"};
    Version version;
    version.key = key;
    version.object = "o";
    {
        base::Database database(dir.path / "x.db");
        migrate(database);
        CHECK(std::holds_alternative<Pointed>(SaveIndex(database).point(version)));
    }
    base::Database database(dir.path / "x.db");
    migrate(database);
    migrate(database);
    REQUIRE(SaveIndex(database).latest(key));
    CHECK(SaveIndex(database).latest(key)->object == "o");
}

TEST_CASE("a database of a newer version of the program is refused and left as it is") {
    const test::TempDir dir;
    base::Database database(dir.path / "x.db");
    database.runAll("CREATE TABLE later(a); PRAGMA user_version=1000");
    try {
        migrate(database);
        FAIL("it was opened");
    } catch (const base::Failure& failure) { CHECK(failure.trouble().code == "database-newer"); }
    base::Statement tables(database, "SELECT count(*) FROM sqlite_master");
    REQUIRE(tables.step());
    CHECK(tables.integer(0) == 1);
}

TEST_CASE("a migration that fails in the middle changes nothing") {
    base::Database database(":memory:");
    database.runAll("CREATE TABLE epochs(a)"); // in the way of the last table
    CHECK_THROWS_AS(migrate(database), base::Failure);
    base::Statement tables(database, "SELECT count(*) FROM sqlite_master");
    REQUIRE(tables.step());
    CHECK(tables.integer(0) == 1);
}
