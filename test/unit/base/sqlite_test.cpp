#include "../../temp_dir.hpp"
#include "base/failure.hpp"
#include "base/sqlite.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

using namespace cloudretro::base;
using cloudretro::test::TempDir;

namespace {

template <class F> std::string codeOf(F f) {
    try {
        f();
    } catch (const Failure& failure) {
        CHECK_FALSE(failure.trouble().remedy.empty());
        return failure.trouble().code;
    }
    return "";
}

std::string contentOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}

TEST_CASE("what is bound comes back, byte for byte") {
    Database database(":memory:");
    database.runAll("CREATE TABLE t(a INTEGER, b TEXT, c BLOB)");
    const std::string zeros("\0a\0", 3);
    CHECK(database.run("INSERT INTO t VALUES(?, ?, ?)", -5, std::string(), Blob{zeros}) == 1);
    Statement row(database, "SELECT a, b, c, NULL FROM t WHERE a = ?", -5);
    REQUIRE(row.step());
    CHECK(row.integer(0) == -5);
    CHECK_FALSE(row.isNull(1));
    CHECK(row.text(1).empty());
    CHECK(row.text(2) == zeros);
    CHECK(row.isNull(3));
    CHECK_FALSE(row.step());
}

TEST_CASE("a commit is written to the log and synchronised before it returns") {
    const TempDir dir;
    Database database(dir.path / "x.db");
    Statement mode(database, "PRAGMA journal_mode"), synchronous(database, "PRAGMA synchronous");
    REQUIRE((mode.step() && synchronous.step()));
    CHECK(mode.text(0) == "wal");
    CHECK(synchronous.integer(0) == 2);
}

TEST_CASE("a transaction that is not committed never was") {
    const TempDir dir;
    Database database(dir.path / "x.db");
    database.runAll("CREATE TABLE t(a)");
    { // given up
        Transaction transaction(database);
        database.run("INSERT INTO t VALUES(1)");
    }
    {
        Transaction transaction(database);
        database.run("INSERT INTO t VALUES(2)");
        transaction.commit();
    }
    Statement row(database, "SELECT sum(a) FROM t");
    REQUIRE(row.step());
    CHECK(row.integer(0) == 2);
}

TEST_CASE("a file that is no database is told of and left as it is") {
    const TempDir dir;
    const std::string text(10000, 'x');
    const auto file = dir.write("x.db", text);
    CHECK(codeOf([&] { Database database(file); }) == "database-damaged");
    CHECK(contentOf(file) == text);
}

TEST_CASE("a folder that is not there is told of") {
    const TempDir dir;
    CHECK(codeOf([&] { Database database(dir.path / "none" / "x.db"); }) == "database-denied");
}

TEST_CASE("an error in a statement names the database") {
    Database database(":memory:");
    CHECK(codeOf([&] { database.runAll("SELECT nonsense"); }) == "database-failed");
}
