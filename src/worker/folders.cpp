#include "worker/folders.hpp"

#include "base/failure.hpp"

#include <system_error>

namespace cloudretro::worker {

namespace fs = std::filesystem;

void makeFolder(const fs::path& dir, const std::string& name) {
    std::error_code error;
    fs::create_directories(dir, error);
    if (error)
        throw base::Failure("config", name + " cannot be made: " + error.message() + ".",
            "Make it writable, or choose another with --data-dir.");
}

void makeSaveFolder(const fs::path& dir) {
    std::error_code error;
    fs::create_directories(dir, error);
    if (error)
        throw base::Failure("no-save-dir",
            "The folder for this game's saves cannot be made: " + error.message() + ".",
            "Make sure that the server may write to its data folder.");
}

}
