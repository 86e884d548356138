// What every BlobStore does: the same tests for each.
#include "await.hpp"
#include "base/loop.hpp"
#include "base/sha256.hpp"
#include "stores.hpp"

#include <algorithm>

using namespace cloudretro;
using namespace cloudretro::coordinator::store;
using namespace std::chrono_literals;
using test::await;

namespace {

Result<Done> put(BlobStore& blobs, const Object& object) {
    return await<Done>([&](auto done) { blobs.put(object, done); });
}
Result<Bytes> get(BlobStore& blobs, const std::string& hash) {
    return await<Bytes>([&](auto done) { blobs.get(hash, done); });
}
Result<bool> has(BlobStore& blobs, const std::string& hash) {
    return await<bool>([&](auto done) { blobs.has(hash, done); });
}
Result<bool> removeFrom(BlobStore& blobs, const std::string& hash, std::chrono::seconds age) {
    return await<bool>([&](auto done) { blobs.remove(hash, age, done); });
}
std::vector<ObjectInfo> list(BlobStore& blobs) {
    auto found = await<std::vector<ObjectInfo>>([&](auto done) { blobs.list(done); });
    REQUIRE(found);
    return *found;
}

std::string noise(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint32_t x = 1;
    for (auto& c : bytes) c = char((x = x * 1664525 + 1013904223) >> 24);
    return bytes;
}

}

TEST_CASE("an object comes back as it was put, in each store") {
    const auto place = GENERATE(from_range(test::places()));
    INFO(place);
    const auto made = test::make(place);
    auto& blobs = made.saves->blobs();
    for (const auto& bytes : {std::string("a"), std::string("\0\r\n\xff", 4), noise(3'000'000)}) {
        const auto object = Object::of(bytes);
        CHECK_FALSE(*has(blobs, object.hash));
        REQUIRE(put(blobs, object));
        CHECK(*has(blobs, object.hash));
        auto got = get(blobs, object.hash);
        REQUIRE(got);
        CHECK((**got == bytes));   // in brackets: Catch would print three megabytes
        CHECK(put(blobs, object)); // again
    }
    CHECK(list(blobs).size() == 3);
}

TEST_CASE("the largest save fits into an object, in each store") {
    const auto made = test::make(GENERATE(from_range(test::places())));
    const auto object = Object::of(noise(maxObjectBytes));
    REQUIRE(put(made.saves->blobs(), object));
    auto got = get(made.saves->blobs(), object.hash);
    REQUIRE(got);
    CHECK((**got == *object.bytes));
}

TEST_CASE("an object that is not there is told of, in each store") {
    const auto made = test::make(GENERATE(from_range(test::places())));
    auto& blobs = made.saves->blobs();
    const auto hash = base::sha256("never put");
    CHECK_FALSE(*has(blobs, hash));
    CHECK(get(blobs, hash).trouble().code == "save-missing");
    CHECK_FALSE(*removeFrom(blobs, hash, 0s));
    CHECK(list(blobs).empty());
}

TEST_CASE("a list names every object with its size and age, in each store") {
    const auto made = test::make(GENERATE(from_range(test::places())));
    auto& blobs = made.saves->blobs();
    for (int i = 0; i < 7; ++i) REQUIRE(put(blobs, Object::of(std::string(std::size_t(i + 1), 'x'))));
    const auto found = list(blobs);
    REQUIRE(found.size() == 7);
    for (const auto& [hash, size, age] : found) {
        CHECK(hash == base::sha256(std::string(size, 'x')));
        CHECK(age >= 0s);
        CHECK(age < 60s);
    }
}

TEST_CASE("only what is old enough is removed, in each store") {
    const auto made = test::make(GENERATE(from_range(test::places())));
    auto& blobs = made.saves->blobs();
    const auto object = Object::of("x"), other = Object::of("y");
    REQUIRE(put(blobs, object));
    REQUIRE(put(blobs, other));
    CHECK_FALSE(*removeFrom(blobs, object.hash, 3600s));
    CHECK(get(blobs, object.hash));
    CHECK(*removeFrom(blobs, object.hash, 0s));
    CHECK(get(blobs, object.hash).trouble().code == "save-missing");
    CHECK(get(blobs, other.hash));
}

TEST_CASE("many calls at once are all answered, in each store") {
    const auto made = test::make(GENERATE(from_range(test::places())));
    auto& blobs = made.saves->blobs();
    int stored = 0, read = 0;
    for (int i = 0; i < 40; ++i)
        blobs.put(Object::of(std::to_string(i)), [&](const Result<Done>& result) { stored += bool(result); });
    CHECK(stored == 0); // never from within the call
    CHECK(test::until([&] { return stored == 40; }));
    for (int i = 0; i < 40; ++i)
        blobs.get(base::sha256(std::to_string(i)),
            [&, i](Result<Bytes> bytes) { read += bytes && **bytes == std::to_string(i); });
    CHECK(test::until([&] { return read == 40; }));
}

TEST_CASE("nothing is called back after the store was destroyed, in each store") {
    auto made = test::make(GENERATE(from_range(test::places())));
    const auto called = std::make_shared<bool>(false);
    made.saves->blobs().put(Object::of("x"), [called](const Result<Done>&) { *called = true; });
    made.saves.reset();
    CHECK(called.use_count() <= 2);
    while (g_main_context_iteration(nullptr, FALSE)) {}
    CHECK_FALSE(*called);
}
