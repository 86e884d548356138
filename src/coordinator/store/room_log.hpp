#pragma once
// Which room was opened when, and whose saves it writes: for 30 days, since a worker may send some of a room
// that is gone. Lives on the loop; throws Failure when the database cannot do as told.
#include "base/sqlite.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace cloudretro::coordinator::store {

class RoomLog {
public:
    struct Writer {
        std::string profile, game;
    };

    explicit RoomLog(base::Database& database) : database_(database) {}

    void note(const std::string& room, std::int64_t epoch, const Writer& writer); // and forgets old ones
    std::optional<Writer> find(const std::string& room, std::int64_t epoch);
    bool wentOn(const std::string& room, std::int64_t epoch); // it was opened again since

private:
    base::Database& database_;
};

}
