#include "base/sqlite.hpp"

#include "base/failure.hpp"

namespace cloudretro::base {
namespace {

// A backup that copies the file, or the command line beside the server, holds the lock for moments only.
constexpr int busyMilliseconds = 5000;

Failure failureOf(int code, const std::string& path, const std::string& reason) {
    const auto says = [&](const char* what) { return "The database " + path + what + reason + "."; };
    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {"database-damaged", says(" is damaged: "),
            "Nothing was changed in it. Move it aside together with its -wal file and put a backup in its "
            "place, "
            "or rescue what it holds with: sqlite3 FILE .recover"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {"database-busy", says(" is in use by another program: "), "Try again when that one is done."};
    case SQLITE_FULL:
        return {"disk-full", says(" cannot grow: "), "Free some space on its disk."};
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {"database-denied", says(" cannot be opened for writing: "),
            "Make the file and its folder writable for this user, or choose another folder with --data-dir."};
    default:
        return {"database-failed", says(" failed: "), "Check the disk that it is on."};
    }
}

}

Statement::Statement(Database& database, const char* sql) : database_(database) {
    sqlite3_stmt* raw = nullptr;
    check(sqlite3_prepare_v2(database.handle_.get(), sql, -1, &raw, nullptr));
    statement_.reset(raw);
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) database_.fail(code);
    return code == SQLITE_ROW;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string Statement::text(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    return bytes ? std::string(bytes, std::size_t(sqlite3_column_bytes(statement_.get(), column))) : "";
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Statement::bind(int index, std::string_view text) {
    const char* start = text.data() ? text.data() : ""; // a null pointer would be NULL, not the empty text
    check(sqlite3_bind_text64(statement_.get(), index, start, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(int index, Blob blob) {
    check(sqlite3_bind_blob64(statement_.get(), index, blob.bytes.data(), blob.bytes.size(), SQLITE_STATIC));
}

void Statement::bindInteger(int index, std::int64_t value) {
    check(sqlite3_bind_int64(statement_.get(), index, value));
}

void Statement::check(int code) const { database_.check(code); }

Database::Database(const std::filesystem::path& file) : path_(file.string()) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(
        path_.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(raw);
    check(code);
    sqlite3_busy_timeout(raw, busyMilliseconds);
    runAll("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
           "PRAGMA journal_size_limit=67108864; SELECT count(*) FROM sqlite_master;");
}

void Database::runAll(const char* sql) { check(sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr)); }

int Database::changes() const { return sqlite3_changes(handle_.get()); }

void Database::check(int code) const {
    if (code != SQLITE_OK) fail(code);
}

void Database::fail(int code) const {
    throw failureOf(code, path_, handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code));
}

Transaction::Transaction(Database& database) : database_(database) { database_.runAll("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
    if (!open_) return;
    try {
        database_.runAll("ROLLBACK");
    } catch (const Failure&) { // SQLite rolled it back itself when it failed
    }
}

void Transaction::commit() {
    database_.runAll("COMMIT");
    open_ = false;
}

}
