#pragma once
// Folders on the worker's disk, without which it cannot do its part.
#include <filesystem>
#include <string>

namespace cloudretro::worker {

// Throws Failure "config"; `name` tells which folder it is, as the beginning of a sentence.
void makeFolder(const std::filesystem::path& dir, const std::string& name);

// For what one game saves. Throws Failure "no-save-dir".
void makeSaveFolder(const std::filesystem::path& dir);

}
