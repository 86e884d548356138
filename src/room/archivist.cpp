#include "room/archivist.hpp"

#include "base/background.hpp"
#include "base/compression.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "cloudretro/ipc.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <system_error>

namespace cloudretro::room {
namespace {

namespace fs = std::filesystem;

std::string_view textOf(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes->data()), bytes->size()};
}

bool write(const fs::path& file, const Bytes& bytes) {
    const auto why = base::writeWhole(file, base::compress(textOf(bytes)));
    if (!why.empty()) base::logWarning("What the game keeps cannot be written: " + why);
    return why.empty();
}

}

Bytes readSaved(const protocol::SavedBytes& saved) {
    std::error_code error;
    const bool sane = saved.size >= 1 && saved.size <= double(ipc::keptBytes) &&
                      fs::file_size(saved.file, error) <= 2 * ipc::keptBytes && !error;
    const auto text = sane ? base::readAll(saved.file) : std::string();
    const auto bytes = base::decompress(text, std::size_t(sane ? saved.size : 0));
    if (!sane || !bytes) {
        base::logWarning("A save is not what it should be.", saved.file);
        return nullptr;
    }
    const auto* begin = reinterpret_cast<const std::byte*>(bytes->data());
    return std::make_shared<const std::vector<std::byte>>(begin, begin + bytes->size());
}

void Archivist::keep(Piece piece) {
    if (piece.about.request == 0)
        std::erase_if(waiting_, [&](const Piece& older) {
            return older.about.request == 0 && older.about.kind == piece.about.kind;
        });
    waiting_.push_back(std::move(piece));
    writeNext();
}

void Archivist::writeNext() {
    if (writing_ || waiting_.empty()) return;
    writing_ = true;
    auto [about, bytes] = std::move(waiting_.front());
    waiting_.pop_front();
    const auto file = dir_ / (about.kind + "-" + std::to_string(++number_) + ".zst");
    about.file = file;
    about.size = double(bytes->size());
    base::inBackground([file, bytes = std::move(bytes)] { return write(file, bytes); },
        [this, alive = std::weak_ptr(alive_), about = std::move(about)](bool good) {
            if (!alive.expired()) written(about, good);
        });
}

void Archivist::written(protocol::RoomSaved about, bool good) {
    writing_ = false;
    writeNext();
    if (good)
        onWritten(std::move(about));
    else
        onFailed(about);
}

}
