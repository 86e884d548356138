#pragma once
// The role `worker`: hosts rooms, each in a process of its own, for a coordinator. Touches no media.
#include "base/config.hpp"

namespace cloudretro::worker {

// Serves until SIGTERM or SIGINT. Returns the exit code; throws Failure when it cannot start.
int run(const base::Config& config);

}
