#include "base/sha256.hpp"
#include "coordinator/store/object.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::coordinator::store;

TEST_CASE("an object's name is the SHA-256 of its bytes") {
    CHECK(Object::of("abc").hash == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(cloudretro::base::sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(*Object::of("abc").bytes == "abc");
}

TEST_CASE("only 64 lower-case hexadecimal digits are a name") {
    CHECK(cloudretro::base::isSha256(cloudretro::base::sha256("")));
    for (const auto* wrong : {"", "abc", "../../etc/passwd"}) CHECK_FALSE(cloudretro::base::isSha256(wrong));
    CHECK_FALSE(cloudretro::base::isSha256(std::string(64, 'A')));
    CHECK_FALSE(cloudretro::base::isSha256(std::string(64, 'g')));
    CHECK_FALSE(cloudretro::base::isSha256(std::string(65, 'a')));
}
