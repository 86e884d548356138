#pragma once
// The stores that every test of the table runs on.
#include "../../../temp_dir.hpp"
#include "coordinator/store/s3_settings.hpp"
#include "coordinator/store/saves.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cloudretro::test {

// Saves in a folder of their own, whose objects are in one of the stores, which is empty.
struct Place {
    std::optional<coordinator::store::S3Settings> s3; // else SQLite
    std::unique_ptr<TempDir> dir;
    std::unique_ptr<coordinator::store::Saves> saves;
};

std::vector<std::string> places(); // "SQLite", "S3"
Place make(const std::string& store);
void restart(Place& place);

}
