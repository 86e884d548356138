#pragma once
// What a file holds, named by its SHA-256.
#include "base/fd.hpp"
#include "base/glib.hpp"
#include "base/loop.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::base {

class Sha256 {
public:
    void add(std::string_view bytes);
    std::string hex() const; // of all bytes so far: 64 digits
    std::uint64_t size() const { return size_; }

private:
    Owned<GChecksum, g_checksum_free> sum_{g_checksum_new(G_CHECKSUM_SHA256)};
    std::uint64_t size_ = 0;
};

std::string sha256(std::string_view bytes); // hexadecimal, lower case

// The 64 digits that these give.
bool isSha256(std::string_view text);

// Reads a file of any size, a piece in each turn of the loop, which goes on with its other work.
// Lives on the loop. Destroying it stops it.
class FileHasher {
public:
    // `onDone` comes once, never from within the constructor, and may destroy this object. nullopt: the file
    // cannot be read.
    FileHasher(const std::string& path, std::function<void(std::optional<Sha256>)> onDone);

private:
    void step();

    Fd file_;
    Sha256 sum_;
    std::vector<char> piece_;
    std::function<void(std::optional<Sha256>)> onDone_;
    Watch turns_;
};

}
