#pragma once
// Waiting for something to become true while the loop runs.
#include <functional>

namespace cloudretro::test {

// False: it did not within 30 s, which only a broken program needs.
bool until(const std::function<bool()>& condition);

}
