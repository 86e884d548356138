#include "stores.hpp"

#include "coordinator/store/s3_blob_store.hpp"
#include "swift.hpp"

namespace cloudretro::test {

using coordinator::store::S3BlobStore;
using coordinator::store::Saves;

std::vector<std::string> places() { return {"SQLite", "S3"}; }

Place make(const std::string& store) {
    Place place;
    place.dir = std::make_unique<TempDir>();
    if (store == "S3") place.s3 = Swift::shared().newBucket();
    restart(place);
    return place;
}

void restart(Place& place) {
    place.saves.reset();
    place.saves = std::make_unique<Saves>(
        place.dir->path, place.s3 ? std::make_unique<S3BlobStore>(*place.s3) : nullptr);
}

}
