#include "coordinator/store/room_log.hpp"

#include <ctime>

namespace cloudretro::coordinator::store {
namespace {

constexpr std::int64_t lifetime = 30 * 24 * 3600; // seconds

}

void RoomLog::note(const std::string& room, std::int64_t epoch, const Writer& writer) {
    const auto now = std::int64_t(std::time(nullptr));
    database_.run("DELETE FROM rooms WHERE opened < ?", now - lifetime);
    database_.run("INSERT INTO rooms(room, epoch, profile, game, opened) VALUES(?, ?, ?, ?, ?) "
                  "ON CONFLICT DO UPDATE SET opened = excluded.opened",
        room, epoch, writer.profile, writer.game, now);
}

std::optional<RoomLog::Writer> RoomLog::find(const std::string& room, std::int64_t epoch) {
    base::Statement row(
        database_, "SELECT profile, game FROM rooms WHERE room = ? AND epoch = ?", room, epoch);
    if (!row.step()) return std::nullopt;
    return Writer{row.text(0), row.text(1)};
}

bool RoomLog::wentOn(const std::string& room, std::int64_t epoch) {
    return base::Statement(database_, "SELECT 1 FROM rooms WHERE room = ? AND epoch > ?", room, epoch).step();
}

}
