#include "coordinator/store/s3_xml.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::coordinator::store;

namespace {

std::string listOf(const std::string& content) {
    return "<?xml version='1.0' encoding='UTF-8'?><ListBucketResult "
           "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" +
           content + "</ListBucketResult>";
}

const std::string a =
    "<Contents><Key>objects/a&amp;b</Key><LastModified>2026-11-24T10:00:01.000Z</LastModified>"
    "<Size>17</Size><Owner><ID>x</ID></Owner></Contents>";

}

TEST_CASE("a listing names its objects, and where it goes on") {
    const auto listing = parseListing(listOf(
        "<IsTruncated>true</IsTruncated>" + a + a + "<NextContinuationToken>t/=</NextContinuationToken>"));
    REQUIRE(listing);
    REQUIRE(listing->entries.size() == 2);
    CHECK(listing->entries[1].key == "objects/a&b");
    CHECK(listing->entries[1].size == 17);
    CHECK(listing->entries[1].modified == 1795514401);
    CHECK(listing->next == "t/=");
}

TEST_CASE("the last page of a listing leads nowhere") {
    const auto listing = parseListing(listOf("<IsTruncated>false</IsTruncated>"));
    REQUIRE(listing);
    CHECK(listing->entries.empty());
    CHECK(listing->next.empty());
}

TEST_CASE("a listing that lacks something is none") {
    const auto whole =
        listOf("<IsTruncated>true</IsTruncated>" + a + "<NextContinuationToken>t</NextContinuationToken>");
    REQUIRE(parseListing(whole));
    for (std::size_t cut = 0; cut < whole.size(); ++cut) CHECK_FALSE(parseListing(whole.substr(0, cut)));
    CHECK_FALSE(parseListing(listOf("<IsTruncated>true</IsTruncated>" + a)));
    CHECK_FALSE(parseListing(listOf("<Contents><Key>x</Key></Contents>")));
    CHECK_FALSE(parseListing(listOf("<Contents><Key>x</Key><Size>-1</Size>"
                                    "<LastModified>2026-11-24T10:00:01.000Z</LastModified></Contents>")));
    CHECK_FALSE(parseListing("<Error><Code>x</Code></Error>"));
}

TEST_CASE("an error has a code, anything else has none") {
    CHECK(
        parseErrorCode("<?xml version='1.0' ?>\n<Error><Code>NoSuchKey</Code><Message>m</Message></Error>") ==
        "NoSuchKey");
    for (const auto* other : {"", "<html><Code>x</Code></html>", "<Error><Code>x", "Internal Server Error"})
        CHECK(parseErrorCode(other).empty());
}
