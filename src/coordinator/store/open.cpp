#include "coordinator/store/open.hpp"

#include "coordinator/store/s3_blob_store.hpp"

namespace cloudretro::coordinator::store {

std::unique_ptr<Saves> openSaves(const base::Config& config) {
    std::unique_ptr<BlobStore> blobs;
    if (!config.s3Bucket.empty()) {
        S3Settings settings;
        settings.endpoint = config.s3Endpoint;
        settings.bucket = config.s3Bucket;
        settings.region = config.s3Region;
        settings.credentials = readS3Credentials(config.s3CredentialsFile);
        blobs = std::make_unique<S3BlobStore>(std::move(settings));
    }
    return std::make_unique<Saves>(config.dataDir, std::move(blobs));
}

}
