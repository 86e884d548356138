#include "base/compression.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace cloudretro::base;

namespace {

std::string noise(std::size_t size) {
    std::minstd_rand random(1);
    std::string bytes(size, '\0');
    for (auto& c : bytes) c = char(random() >> 8);
    return bytes;
}

}

TEST_CASE("what was compressed comes back") {
    for (const auto& bytes : {std::string(), std::string("x"), std::string(1 << 20, 'a'), noise(100'000)})
        CHECK(decompress(compress(bytes), bytes.size()) == bytes);
    CHECK(compress(std::string(1 << 20, 'a')).size() < 1000);
}

TEST_CASE("what is damaged, cut or of another size is nothing") {
    const auto bytes = noise(5000) + std::string(5000, 'a');
    const auto compressed = compress(bytes);
    for (const std::size_t size : {std::size_t(0), bytes.size() - 1, bytes.size() + 1, std::size_t(-1)})
        CHECK_FALSE(decompress(compressed, size));
    for (std::size_t cut = 0; cut < compressed.size(); cut += 97) {
        CHECK_FALSE(decompress(compressed.substr(0, cut), bytes.size()));
        CHECK_FALSE(unpacksTo(compressed.substr(0, cut), bytes.size()));
    }
    for (std::size_t at = 0; at < compressed.size(); at += 97) {
        auto damaged = compressed;
        damaged[at] = char(damaged[at] ^ 0x10);
        const auto got = decompress(damaged, bytes.size());
        CHECK((!got || *got == bytes)); // a bit that means nothing may change
        CHECK(unpacksTo(damaged, bytes.size()) == got.has_value());
    }
    CHECK_FALSE(decompress("", 0));
    CHECK_FALSE(unpacksTo("", 0));
    CHECK_FALSE(unpacksTo(compressed + "x", bytes.size()));
    CHECK_FALSE(unpacksTo(compressed, bytes.size() + 1));
}

TEST_CASE("bytes that would come back whole are known without unpacking them") {
    for (const auto& bytes : {std::string(), std::string("x"), std::string(1 << 20, 'a'), noise(300'000)})
        CHECK(unpacksTo(compress(bytes), bytes.size()));
}

TEST_CASE("the same bytes compress to the same object") { CHECK(compress("abc") == compress("abc")); }
