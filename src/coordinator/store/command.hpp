#pragma once
// `cloudretro saves …`, for operators.
#include "base/config.hpp"

namespace cloudretro::coordinator::store {

// Prints what it did; gives the exit code: 1 when `verify` found something wrong. Throws Failure.
int runSavesCommand(const base::Config& config, const base::SavesCommand& command);

}
