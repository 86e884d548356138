#pragma once
// An SQLite database and its statements: one connection, on one thread at a time. Every call waits for the
// disk, and to write also for whoever else writes, for 5 s at most. Whatever the
// database cannot do throws Failure with one of the codes "database-damaged", "database-busy",
// "database-denied", "disk-full" and "database-failed"; a damaged file is never touched.
#include <sqlite3.h>

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace cloudretro::base {

// Bytes to bind; not copied, so they must outlive the statement.
struct Blob {
    std::string_view bytes;
};

class Database;

// One prepared statement with its values; finalized when destroyed. Must not outlive its database.
class Statement {
public:
    Statement(Database& database, const char* sql);
    template <class... Values>
    requires(sizeof...(Values) > 0) Statement(Database& database, const char* sql, const Values&... values)
        : Statement(database, sql) {
        int index = 0;
        (bind(++index, values), ...);
    }

    bool step(); // true: there is a row, which the functions below read

    std::int64_t integer(int column) const; // 0 for NULL
    std::string text(int column) const;     // also the bytes of a blob; empty for NULL
    bool isNull(int column) const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };

    void bind(int index, std::integral auto value) { bindInteger(index, std::int64_t(value)); }
    void bind(int index, std::string_view text);
    void bind(int index, Blob blob);
    void bindInteger(int index, std::int64_t value);
    void check(int code) const;

    Database& database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
public:
    // Opens or makes the file: write-ahead log, and a commit is on the disk when it returns
    // (synchronous=FULL).
    explicit Database(const std::filesystem::path& file);

    // Runs one statement to its end; gives how many rows it changed.
    template <class... Values> int run(const char* sql, const Values&... values) {
        Statement statement(*this, sql, values...);
        while (statement.step()) {}
        return changes();
    }
    void runAll(const char* sql); // several statements without values

    const std::string& path() const { return path_; }

private:
    friend class Statement;
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close(database); }
    };

    int changes() const;
    [[noreturn]] void fail(int code) const;
    void check(int code) const;

    std::string path_;
    std::unique_ptr<sqlite3, Close> handle_;
};

// All or nothing: rolled back when destroyed without commit(). Holds the only right to write from the
// beginning.
class Transaction {
public:
    explicit Transaction(Database& database);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

private:
    Database& database_;
    bool open_ = true;
};

}
