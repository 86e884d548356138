#include "base/sha256.hpp"
#include "coordinator/store/manifest.hpp"
#include "coordinator/store/object.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::coordinator::store;

namespace {

Version versionOf(const std::string& slot, std::int64_t sequence, bool current) {
    Version version;
    version.key = {"ann", "nes/Grüße", Kind::Files, slot};
    version.sequence = sequence;
    version.object = cloudretro::base::sha256("object");
    version.thumbnail = cloudretro::base::sha256("thumbnail");
    version.size = 17;
    version.time = 1795514401000;
    version.name = "before \"the\" boss";
    version.core = "nestopia";
    version.coreVersion = "1.52";
    version.room = "room";
    version.epoch = 1LL << 40;
    version.current = current;
    return version;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    return text.replace(text.find(what), what.size(), by);
}

}

TEST_CASE("a manifest gives back what it was made of, slot by slot") {
    const auto slots = readManifest(
        writeManifest({versionOf("1", 2, true), versionOf("2", 1, true), versionOf("1", 1, false)}));
    REQUIRE(slots);
    REQUIRE(slots->size() == 2);
    REQUIRE(slots->front().size() == 2);
    const auto& version = slots->front()[1];
    const auto expected = versionOf("1", 2, true);
    CHECK(version.key == expected.key);
    CHECK(version.sequence == 2);
    CHECK(version.object == expected.object);
    CHECK(version.thumbnail == expected.thumbnail);
    CHECK(version.size == 17);
    CHECK(version.time == expected.time);
    CHECK(version.name == expected.name);
    CHECK(version.core == expected.core);
    CHECK(version.coreVersion == expected.coreVersion);
    CHECK(version.room == expected.room);
    CHECK(version.epoch == expected.epoch);
    CHECK(version.current);
    CHECK_FALSE(slots->front()[0].current);
}

TEST_CASE("a slot whose current version is not there holds its last") {
    const auto slots = readManifest(writeManifest({versionOf("1", 1, false), versionOf("1", 2, false)}));
    REQUIRE(slots);
    CHECK_FALSE((*slots)[0][0].current);
    CHECK((*slots)[0][1].current);
}

TEST_CASE("a manifest that this program would not have written is refused") {
    const auto good = writeManifest({versionOf("1", 1, true)});
    REQUIRE(readManifest(good));
    for (const auto& [what, by] : std::vector<std::pair<std::string, std::string>>{{"saves-1", "saves-2"},
             {"files", "folders"}, {cloudretro::base::sha256("object"), "../../etc/passwd"},
             {cloudretro::base::sha256("thumbnail"), "x"}, {": 17", ": -17"}, {": 17", ": 99999999999"},
             {": 17", ": \"17\""}, {"\"epoch\"", "\"age\""}, {"\"slot\": \"1\"", "\"slot\": \"\""},
             {"\"sequence\": 1", "\"sequence\": 0"},
             {"\"sequence\": 1", "\"sequence\": 18446744073709551615"}, {"true", "1"}, {"}", "]"}})
        CHECK_FALSE(readManifest(replaced(good, what, by)));
    CHECK_FALSE(readManifest(writeManifest({versionOf("1", 1, true), versionOf("1", 1, false)})));
    CHECK_FALSE(readManifest(writeManifest({versionOf("1", 1, true), versionOf("1", 2, true)})));
    for (const auto* other : {"", "[]", "{}", "null", "{\"format\": \"cloudretro-saves-1\"}"})
        CHECK_FALSE(readManifest(other));
}
