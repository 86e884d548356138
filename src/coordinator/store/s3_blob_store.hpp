#pragma once
// Objects in a bucket of an S3-compatible server, as objects/<hash>. Requests that fail for reasons that pass
// are repeated; what comes back is checked. Troubles: "s3-unreachable", "s3-denied", "s3-no-bucket",
// "s3-failed". Between the look at an object's age and its removal lies one round trip, in which another
// process that puts the very same bytes would lose: gc and the server look only at objects that nothing
// points to, so it takes three coincidences.
#include "base/backoff.hpp"
#include "base/http_client.hpp"
#include "coordinator/store/blob_store.hpp"
#include "coordinator/store/s3_settings.hpp"

namespace cloudretro::coordinator::store {

class S3BlobStore : public BlobStore {
public:
    explicit S3BlobStore(S3Settings settings);

    void put(const Object& object, Callback<Done> done) override;
    void get(const std::string& hash, Callback<Bytes> done) override;
    void has(const std::string& hash, Callback<bool> done) override;
    void list(Callback<std::vector<ObjectInfo>> done) override;
    void remove(const std::string& hash, std::chrono::seconds minimumAge, Callback<bool> done) override;

private:
    using Intact = std::function<bool(const base::HttpReply&)>;
    struct Call;

    base::HttpRequest request(const char* method, const std::string& path, Bytes body = nullptr) const;
    base::HttpRequest requestFor(const char* method, const std::string& hash, Bytes body = nullptr) const;
    void send(base::HttpRequest request, std::function<void(base::HttpReply)> done, Intact intact = nullptr);
    void attempt(const std::shared_ptr<Call>& call);
    void listFrom(
        const std::string& token, std::vector<ObjectInfo> found, Callback<std::vector<ObjectInfo>> done);
    protocol::Trouble troubleOf(const base::HttpReply& reply) const;

    S3Settings settings_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // pauses hold it weakly
    base::HttpClient client_;
};

}
