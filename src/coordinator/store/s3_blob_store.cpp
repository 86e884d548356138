#include "coordinator/store/s3_blob_store.hpp"
#include "base/sha256.hpp"

#include "coordinator/store/s3_xml.hpp"
#include "coordinator/store/troubles.hpp"

#include <algorithm>

namespace cloudretro::coordinator::store {
namespace {

using base::HttpReply;
using base::HttpRequest;

constexpr std::string_view folder = "objects/";

bool mayPass(int status) {
    return status == 0 || status == 408 || status == 429 || (status >= 500 && status != 501 && status != 505);
}

bool isGood(int status) { return status >= 200 && status < 300; }

std::string escaped(const std::string& text) {
    return base::Chars(g_uri_escape_string(text.c_str(), nullptr, FALSE)).get();
}

std::optional<std::int64_t> timeIn(const HttpReply& reply, const char* header) {
    const auto found = reply.headers.find(header);
    return found == reply.headers.end() ? std::nullopt : base::httpTime(found->second);
}

// By the server's own clock, in whole seconds; nullopt: it does not say.
std::optional<std::chrono::seconds> ageIn(const HttpReply& reply) {
    const auto now = timeIn(reply, "date"), modified = timeIn(reply, "last-modified");
    if (!now || !modified) return std::nullopt;
    return std::chrono::seconds(*now - *modified);
}

// Both times are cut to seconds, so that an age can seem that much less.
constexpr std::chrono::seconds imprecision{2};

}

struct S3BlobStore::Call {
    HttpRequest request;
    std::function<void(HttpReply)> done;
    Intact intact; // a good reply that is not is repeated too
    base::Backoff pause;
    int left; // attempts
    base::Watch waiting;
};

S3BlobStore::S3BlobStore(S3Settings settings) : settings_(std::move(settings)) {
    settings_.endpoint = checkedEndpoint(settings_.endpoint);
}

HttpRequest S3BlobStore::request(const char* method, const std::string& path, Bytes body) const {
    HttpRequest request;
    request.method = method;
    request.url = settings_.endpoint + "/" + escaped(settings_.bucket) + path;
    request.headers = {"x-amz-content-sha256: " + base::sha256(body ? *body : "")};
    if (body) request.headers.emplace_back("Content-Type: application/octet-stream");
    request.body = std::move(body);
    request.signing = {settings_.region, "s3", settings_.credentials.key, settings_.credentials.secret};
    request.maxReplyBytes = maxObjectBytes;
    request.connectTimeout = settings_.connectTimeout;
    request.stallTimeout = settings_.stallTimeout;
    request.timeout = settings_.timeout;
    return request;
}

HttpRequest S3BlobStore::requestFor(const char* method, const std::string& hash, Bytes body) const {
    return request(method, "/" + std::string(folder) + hash, std::move(body));
}

void S3BlobStore::send(HttpRequest request, std::function<void(HttpReply)> done, Intact intact) {
    attempt(std::make_shared<Call>(Call{std::move(request), std::move(done), std::move(intact),
        base::Backoff(settings_.firstPause, settings_.longestPause), settings_.attempts, {}}));
}

void S3BlobStore::attempt(const std::shared_ptr<Call>& call) {
    --call->left;
    client_.send(call->request, [this, call](const HttpReply& reply) {
        const bool good =
            !mayPass(reply.status) && (!call->intact || !isGood(reply.status) || call->intact(reply));
        if (good || call->left == 0) return call->done(reply);
        call->waiting = base::Loop::after(call->pause.next(), [this, alive = std::weak_ptr(alive_), call] {
            if (!alive.expired()) attempt(call);
        });
    });
}

void S3BlobStore::put(const Object& object, Callback<Done> done) {
    send(
        requestFor("PUT", object.hash, object.bytes), [this, done = std::move(done)](const HttpReply& reply) {
            if (isGood(reply.status))
                done(Done{});
            else
                done(troubleOf(reply));
        });
}

void S3BlobStore::get(const std::string& hash, Callback<Bytes> done) {
    const auto intact = [hash](const HttpReply& reply) { return base::sha256(reply.body) == hash; };
    const auto answer = [this, hash, intact, done = std::move(done)](const HttpReply& reply) {
        if (reply.status == 404 && parseErrorCode(reply.body) == "NoSuchKey") return done(saveMissing(hash));
        if (!isGood(reply.status)) return done(troubleOf(reply));
        if (!intact(reply)) return done(saveDamaged(hash));
        done(std::make_shared<const std::string>(reply.body));
    };
    send(requestFor("GET", hash), answer, intact);
}

void S3BlobStore::has(const std::string& hash, Callback<bool> done) {
    send(requestFor("HEAD", hash), [this, done = std::move(done)](const HttpReply& reply) {
        if (isGood(reply.status) || reply.status == 404)
            done(reply.status != 404);
        else
            done(troubleOf(reply));
    });
}

void S3BlobStore::list(Callback<std::vector<ObjectInfo>> done) { listFrom("", {}, std::move(done)); }

void S3BlobStore::listFrom(
    const std::string& token, std::vector<ObjectInfo> found, Callback<std::vector<ObjectInfo>> done) {
    // In the order of the names, since libcurl signs them as they stand.
    const auto query = (token.empty() ? "?" : "?continuation-token=" + escaped(token) + "&") +
                       "list-type=2&max-keys=" + std::to_string(settings_.pageSize) +
                       "&prefix=" + escaped(std::string(folder));
    const auto answer = [this, found = std::move(found), done = std::move(done)](
                            const HttpReply& reply) mutable {
        if (!isGood(reply.status)) return done(troubleOf(reply));
        const auto listing = parseListing(reply.body);
        const auto now = timeIn(reply, "date");
        if (!listing || !now) return done(troubleOf(reply));
        for (const auto& entry : listing->entries) {
            const auto name = std::string_view(entry.key).substr(std::min(folder.size(), entry.key.size()));
            if (base::isSha256(name))
                found.push_back({std::string(name), entry.size,
                    std::chrono::seconds(std::max<std::int64_t>(0, *now - entry.modified))});
        }
        if (listing->next.empty()) return done(std::move(found));
        listFrom(listing->next, std::move(found), std::move(done));
    };
    send(request("GET", query), answer);
}

void S3BlobStore::remove(const std::string& hash, std::chrono::seconds minimumAge, Callback<bool> done) {
    const auto removed = [this, done](const HttpReply& reply) {
        if (isGood(reply.status) || reply.status == 404)
            done(reply.status != 404);
        else
            done(troubleOf(reply));
    };
    send(requestFor("HEAD", hash), [this, hash, minimumAge, done, removed](const HttpReply& reply) {
        if (reply.status == 404) return done(false);
        if (!isGood(reply.status)) return done(troubleOf(reply));
        const auto age = ageIn(reply);
        if (!age || *age + imprecision < minimumAge) return done(false);
        send(requestFor("DELETE", hash), removed);
    });
}

protocol::Trouble S3BlobStore::troubleOf(const HttpReply& reply) const {
    const auto code = parseErrorCode(reply.body);
    const auto& s = settings_;
    if (reply.status == 0) return s3Unreachable(s.endpoint, reply.error);
    if (code == "NoSuchBucket") return s3NoBucket(s.endpoint, s.bucket);
    const auto reason = "status " + std::to_string(reply.status) + (code.empty() ? "" : ", " + code);
    if (reply.status == 401 || reply.status == 403) return s3Denied(s.endpoint, reason);
    return s3Failed(s.endpoint, reason);
}

}
