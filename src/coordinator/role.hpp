#pragma once
// The role `coordinator`: pages, library, signaling and matchmaking. Touches no media.
#include "base/config.hpp"

namespace cloudretro::coordinator {

// Serves until SIGTERM or SIGINT; in the role `all`, with a worker of its own as a child. Returns the exit
// code; throws Failure when it cannot start.
int run(const base::Config& config);

}
