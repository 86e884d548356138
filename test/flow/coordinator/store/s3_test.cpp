// S3 when it goes wrong: a real server, wrong settings, and a wire that misbehaves.
#include "await.hpp"
#include "coordinator/store/s3_blob_store.hpp"
#include "coordinator/store/saves.hpp"
#include "faulty_proxy.hpp"
#include "swift.hpp"

using namespace cloudretro;
using namespace cloudretro::coordinator::store;
using namespace std::chrono_literals;
using test::await;
using test::Fault;
using test::FaultyProxy;
using test::Swift;

namespace {

const Object object = Object::of(std::string(300'000, 'x') + "end");

S3Settings through(const FaultyProxy& proxy, S3Settings settings) {
    settings.endpoint = "http://127.0.0.1:" + std::to_string(proxy.port());
    settings.stallTimeout = 1s;
    settings.timeout = 2s;
    return settings;
}

Result<Done> put(BlobStore& blobs, const Object& what = object) {
    return await<Done>([&](auto done) { blobs.put(what, done); });
}
Result<Bytes> get(BlobStore& blobs, const Object& what = object) {
    return await<Bytes>([&](auto done) { blobs.get(what.hash, done); });
}
Result<std::vector<ObjectInfo>> list(BlobStore& blobs) {
    return await<std::vector<ObjectInfo>>([&](auto done) { blobs.list(done); });
}

// The code of the trouble that each call tells.
std::string troublesOf(const S3Settings& settings) {
    S3BlobStore blobs(settings);
    const auto stored = put(blobs);
    const auto got = get(blobs);
    const auto listed = list(blobs);
    for (const auto* trouble : {&stored.trouble(), &got.trouble(), &listed.trouble()})
        CHECK_FALSE(trouble->remedy.empty());
    return stored.trouble().code + " " + got.trouble().code + " " + listed.trouble().code;
}

}

TEST_CASE("a wrong secret, an unknown key and a wrong region are refused, and told of") {
    const auto right = Swift::shared().newBucket();
    auto secret = right, key = right, region = right;
    secret.credentials.secret = "wrong";
    key.credentials.key = "test:nobody";
    region.region = "mars-1";
    CHECK(troublesOf(secret) == "s3-denied s3-denied s3-denied");
    CHECK(troublesOf(key) == "s3-denied s3-denied s3-denied");
    S3BlobStore elsewhere(region);
    CHECK_FALSE(put(elsewhere));
}

TEST_CASE("a bucket that is not there is told of") {
    auto settings = Swift::shared().newBucket();
    settings.bucket = "no-such-bucket";
    CHECK(troublesOf(settings) == "s3-no-bucket s3-no-bucket s3-no-bucket");
}

TEST_CASE("a server that is not there is told of") {
    auto settings = Swift::shared().newBucket();
    settings.endpoint = "http://127.0.0.1:" + std::to_string(test::freePort());
    CHECK(troublesOf(settings) == "s3-unreachable s3-unreachable s3-unreachable");
}

TEST_CASE("one failure of any kind is got over") {
    const auto fault =
        GENERATE(Fault::Refuse, Fault::Hang, Fault::Error500, Fault::CutHeader, Fault::CutBody);
    const auto settings = Swift::shared().newBucket();
    CAPTURE(int(fault));
    {
        const FaultyProxy proxy(Swift::shared().port(), {fault, Fault::None});
        S3BlobStore blobs(through(proxy, settings));
        REQUIRE(put(blobs));
        if (fault != Fault::CutBody) CHECK(proxy.connections() >= 2); // the answer to a put has no body
    }
    S3BlobStore direct(settings);
    REQUIRE(get(direct));
    for (int call = 0; call < 2; ++call) {
        const FaultyProxy proxy(Swift::shared().port(), {fault, fault, Fault::None});
        S3BlobStore blobs(through(proxy, settings));
        if (call == 0) {
            auto got = get(blobs);
            REQUIRE(got);
            CHECK((**got == *object.bytes));
        } else
            CHECK(list(blobs)->size() == 1);
        CHECK(proxy.connections() >= 3);
    }
}

TEST_CASE("bytes that were damaged on the way are fetched again, and never handed out") {
    const auto settings = Swift::shared().newBucket();
    S3BlobStore direct(settings);
    REQUIRE(put(direct));
    const FaultyProxy once(Swift::shared().port(), {Fault::Damage, Fault::None});
    S3BlobStore blobs(through(once, settings));
    auto got = get(blobs);
    REQUIRE(got);
    CHECK((**got == *object.bytes));
    const FaultyProxy always(Swift::shared().port(), {Fault::Damage});
    S3BlobStore damaged(through(always, settings));
    CHECK(get(damaged).trouble().code == "save-damaged");
}

TEST_CASE("a store that keeps failing is given up, in a bounded time") {
    const auto settings = Swift::shared().newBucket();
    const std::pair<Fault, std::string> cases[] = {{Fault::Refuse, "s3-unreachable"},
        {Fault::Hang, "s3-unreachable"}, {Fault::Error500, "s3-failed"},
        {Fault::CutHeader, "s3-unreachable"}};
    for (const auto& [fault, code] : cases) {
        CAPTURE(code);
        const FaultyProxy proxy(Swift::shared().port(), {fault});
        S3BlobStore blobs(through(proxy, settings));
        CHECK(put(blobs).trouble().code == code);
        CHECK(proxy.connections() >= settings.attempts);
        CHECK(proxy.connections() <= 2 * settings.attempts); // curl itself tries a broken connection again
    }
}

TEST_CASE("a long list comes page by page") {
    auto settings = Swift::shared().newBucket();
    settings.pageSize = 3;
    S3BlobStore blobs(settings);
    for (int i = 0; i < 10; ++i) REQUIRE(put(blobs, Object::of(std::to_string(i))));
    std::set<std::string> hashes;
    auto listed = list(blobs);
    REQUIRE(listed);
    for (const auto& info : *listed) hashes.insert(info.hash);
    CHECK(hashes.size() == 10);
}

TEST_CASE("a save that is acknowledged over a bad wire is stored, one that is not leaves the one before") {
    const auto settings = Swift::shared().newBucket();
    const test::TempDir dir;
    const SaveKey key{"ann", "nes/flash", Kind::State, "1"};
    const FaultyProxy proxy(
        Swift::shared().port(), {Fault::Error500, Fault::None, Fault::CutHeader, Fault::Refuse});
    auto impatient = through(proxy, settings);
    impatient.attempts = 2;
    std::string acknowledged;
    {
        Saves saves(dir.path, std::make_unique<S3BlobStore>(impatient));
        for (int i = 0; i < 4; ++i) {
            SaveWrite write{key, std::string(1000, char('a' + i)), "", 1, "", "", "", ""};
            if (await<Version>([&](auto done) { saves.put(write, done); })) acknowledged = write.bytes;
        }
    }
    Saves saves(dir.path, std::make_unique<S3BlobStore>(settings));
    REQUIRE_FALSE(acknowledged.empty());
    REQUIRE(saves.latest(key));
    CHECK(**await<Bytes>([&](auto done) { saves.get(*saves.latest(key), done); }) == acknowledged);
}
