#pragma once
// Files of what a game keeps, compressed: written and read where nobody waits for it.
#include "cloudretro/protocol.hpp"
#include "room/snapshot.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace cloudretro::room {

// The bytes of a file that the worker put there. Null, and a line in the log: not what it should be, or
// larger than any. Any thread; takes its time.
Bytes readSaved(const protocol::SavedBytes& saved);

// Lives on the loop. Nothing is called back after it was destroyed.
class Archivist {
public:
    // From now on files come into `dir`.
    void open(std::filesystem::path dir) { dir_ = std::move(dir); }

    // What becomes a file, and what there is to say of it, but for the file.
    struct Piece {
        protocol::RoomSaved about;
        Bytes bytes;
    };
    // One after another. What nobody asked for makes way for the next of its kind while it waits.
    void keep(Piece piece);
    bool isIdle() const { return !writing_ && waiting_.empty(); }

    std::function<void(protocol::RoomSaved)> onWritten;
    std::function<void(const protocol::RoomSaved&)> onFailed; // the disk does not take it

private:
    void writeNext();
    void written(protocol::RoomSaved about, bool good);

    std::filesystem::path dir_;
    std::deque<Piece> waiting_;
    bool writing_ = false;
    std::uint64_t number_ = 0; // of the newest file
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}
