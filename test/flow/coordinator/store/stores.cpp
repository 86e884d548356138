#include "stores.hpp"

namespace cloudretro::test {

using coordinator::store::Saves;

std::vector<std::string> places() { return {"SQLite"}; }

Place make(const std::string& store) {
    Place place;
    place.store = store;
    place.dir = std::make_unique<TempDir>();
    restart(place);
    return place;
}

void restart(Place& place) {
    place.saves.reset();
    place.saves = std::make_unique<Saves>(place.dir->path);
}

}
