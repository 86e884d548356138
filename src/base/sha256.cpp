#include "base/sha256.hpp"

#include <fcntl.h>

#include <algorithm>

namespace cloudretro::base {
namespace {

constexpr std::size_t pieceBytes = std::size_t{256} * 1024; // about a millisecond

}

void Sha256::add(std::string_view bytes) {
    g_checksum_update(sum_.get(), reinterpret_cast<const guchar*>(bytes.data()), gssize(bytes.size()));
    size_ += bytes.size();
}

// Asking a checksum for its value closes it: a copy is asked.
std::string Sha256::hex() const {
    const Owned<GChecksum, g_checksum_free> copy(g_checksum_copy(sum_.get()));
    return g_checksum_get_string(copy.get());
}

std::string sha256(std::string_view bytes) {
    Sha256 sum;
    sum.add(bytes);
    return sum.hex();
}

bool isSha256(std::string_view text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(),
                                    [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

FileHasher::FileHasher(const std::string& path, std::function<void(std::optional<Sha256>)> onDone)
    : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)),
      piece_(pieceBytes),
      onDone_(std::move(onDone)),
      turns_(Loop::every(std::chrono::milliseconds(0), [this] { step(); })) {}

void FileHasher::step() {
    const auto got = ::read(file_.get(), piece_.data(), piece_.size());
    if (got > 0) return sum_.add({piece_.data(), std::size_t(got)});
    turns_ = {};
    auto done = std::move(onDone_);
    if (got == 0)
        done(std::move(sum_));
    else
        done(std::nullopt);
}

}
