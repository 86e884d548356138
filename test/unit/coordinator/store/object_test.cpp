#include "coordinator/store/object.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::coordinator::store;

TEST_CASE("an object's name is the SHA-256 of its bytes") {
    CHECK(Object::of("abc").hash == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hashOf("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(*Object::of("abc").bytes == "abc");
}

TEST_CASE("only 64 lower-case hexadecimal digits are a name") {
    CHECK(isHash(hashOf("")));
    for (const auto* wrong : {"", "abc", "../../etc/passwd"}) CHECK_FALSE(isHash(wrong));
    CHECK_FALSE(isHash(std::string(64, 'A')));
    CHECK_FALSE(isHash(std::string(64, 'g')));
    CHECK_FALSE(isHash(std::string(65, 'a')));
}
