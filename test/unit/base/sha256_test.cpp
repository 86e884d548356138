#include "base/sha256.hpp"

#include "../../temp_dir.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::base;

namespace {

// Runs the loop until the file is read.
std::optional<Sha256> hash(const std::string& path) {
    std::optional<Sha256> sum;
    Loop loop;
    const FileHasher hasher(path, [&](std::optional<Sha256> result) {
        sum = std::move(result);
        loop.quit();
    });
    loop.run();
    return sum;
}

}

TEST_CASE("a hash can be asked for on the way") {
    Sha256 sum;
    CHECK(sum.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sum.add("a");
    CHECK(sum.hex().starts_with("ca978112"));
    sum.add("bc");
    CHECK(sum.hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sum.size() == 3);
    CHECK(isSha256(sum.hex()));
    CHECK_FALSE(isSha256(sum.hex() + "0"));
}

TEST_CASE("a file is hashed while the loop does other things") {
    const cloudretro::test::TempDir dir;
    std::string text(3'000'000, 'x');
    Sha256 expected;
    expected.add(text);
    int turns = 0;
    const auto other = Loop::every(std::chrono::milliseconds(0), [&] { ++turns; });
    const auto sum = hash(dir.write("file", text));
    REQUIRE(sum);
    CHECK(sum->hex() == expected.hex());
    CHECK(sum->size() == text.size());
    CHECK(turns >= 10);
}

TEST_CASE("a file that cannot be read has no hash") { CHECK_FALSE(hash("/nonexistent")); }
