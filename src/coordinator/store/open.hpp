#pragma once
// The saves that the settings name.
#include "base/config.hpp"
#include "coordinator/store/saves.hpp"

#include <memory>

namespace cloudretro::coordinator::store {

// In <data-dir>/cloudretro.db, with the objects there too or, where a bucket is named, in S3. Throws Failure.
// An S3 server that cannot be reached is no failure yet: each save tells.
std::unique_ptr<Saves> openSaves(const base::Config& config);

}
