#include "../../../temp_dir.hpp"
#include "base/failure.hpp"
#include "coordinator/store/s3_settings.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using namespace cloudretro::coordinator::store;

TEST_CASE("credentials are read as Amazon's tools write them") {
    const test::TempDir dir;
    const auto file = dir.write("credentials",
        "# mine\n[default]\naws_access_key_id = key:id\naws_secret_access_key = a/b+c=\n[other]\nx = y\n");
    const auto credentials = readS3Credentials(file);
    CHECK(credentials.key == "key:id");
    CHECK(credentials.secret == "a/b+c=");
}

TEST_CASE("credentials that are not there are told of with the file's name, and never shown") {
    const test::TempDir dir;
    for (const auto* text : {"", "secret", "[default]\naws_secret_access_key = secret\n",
             "[default]\naws_access_key_id =\naws_secret_access_key = secret\n",
             "[other]\naws_access_key_id = k\naws_secret_access_key = secret\n"}) {
        const auto file = dir.write("credentials", text);
        try {
            readS3Credentials(file);
            FAIL("they were read");
        } catch (const base::Failure& failure) {
            CHECK(failure.trouble().code == "config");
            CHECK_THAT(failure.trouble().message, Catch::Contains(file));
            CHECK_THAT(failure.trouble().message, !Catch::Contains("secret "));
        }
    }
    CHECK_THROWS_AS(readS3Credentials("/nonexistent/file"), base::Failure);
}

TEST_CASE("an endpoint is the address of an HTTP server") {
    CHECK(checkedEndpoint("https://s3.example.org//") == "https://s3.example.org");
    CHECK(checkedEndpoint("http://127.0.0.1:9000") == "http://127.0.0.1:9000");
    for (const auto* wrong : {"", "s3.example.org", "ftp://s3.example.org", "https://", "https://x?y"})
        CHECK_THROWS_AS(checkedEndpoint(wrong), base::Failure);
}
