#include "../../temp_dir.hpp"
#include "base/failure.hpp"
#include "base/secret.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace cloudretro::base;
namespace fs = std::filesystem;

TEST_CASE("random ids never repeat and are safe in addresses") {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto id = randomId(16);
        CHECK(id.size() == 22);
        CHECK(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
              id.npos);
        CHECK(seen.insert(id).second);
    }
}

TEST_CASE("a secret is made once, for its owner's eyes, and found again") {
    const cloudretro::test::TempDir dir;
    const auto path = (dir.path / "new" / "worker.token").string();
    const auto secret = readOrMakeSecret(path);
    CHECK(secret.size() >= 32);
    CHECK(readOrMakeSecret(path) == secret);
    CHECK(readSecret(path) == secret);
    CHECK((fs::status(path).permissions() & fs::perms::all) ==
          (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("a missing or weak secret is a failure that names the file") {
    const cloudretro::test::TempDir dir;
    CHECK_THROWS_WITH(readSecret((dir.path / "none").string()), Catch::Contains("none"));
    CHECK_THROWS_WITH(readSecret(dir.write("weak", "password\n")), Catch::Contains("too short"));
}

TEST_CASE("a secret in memory is read like a file") {
    const auto file = secretFile("0123456789abcdef0123456789abcdef");
    CHECK(readSecret("/proc/self/fd/" + std::to_string(file.get())) == "0123456789abcdef0123456789abcdef");
}

TEST_CASE("secrets are equal only as a whole") {
    CHECK(equalSecrets("secret", "secret"));
    CHECK(equalSecrets("", ""));
    for (const auto* other : {"", "s", "secre", "secret2", "Secret", "secretsecret"}) {
        CHECK_FALSE(equalSecrets("secret", other));
        CHECK_FALSE(equalSecrets(other, "secret"));
    }
}

TEST_CASE("a secret that people chose may be as short as its use allows, and names its flag when it is not") {
    const cloudretro::test::TempDir dir;
    const auto file = dir.write("password", "  open sesame \n");
    CHECK(readNamedSecret(file, "--password-file", 8) == "open sesame");
    CHECK_THROWS_WITH(readNamedSecret(file, "--password-file", 12), Catch::Contains("--password-file"));
    CHECK_THROWS_WITH(readNamedSecret(dir.write("empty", "\n"), "--f", 1), Catch::Contains("too short"));
    CHECK_THROWS_WITH(
        readNamedSecret((dir.path / "none").string(), "--f", 1), Catch::Contains("cannot be read"));
}

TEST_CASE("an HMAC is that of RFC 4231") {
    CHECK(hmac("Jefe", "what do ya want for nothing?") ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

// As openssl says: printf 1700086400 | openssl dgst -sha1 -hmac "shared with coturn" -binary | base64
TEST_CASE("a TURN password is an HMAC of its user") {
    CHECK(turnPassword("shared with coturn", "1700086400") == "rz1QRE+MlXOQ24l/F3aEd4AhhVw=");
}
