#pragma once
// The settings of the store of saves, and the command `saves`, for base/config.cpp.
#include "base/config.hpp"

namespace CLI {
class App;
}

namespace cloudretro::base {

void declareS3Flags(CLI::App& app, Config& config);
void declareSavesCommand(CLI::App& app, SavesCommand& command);

// Throws Failure "config": S3 is named whole or not at all.
void understandS3(Config& config);

}
