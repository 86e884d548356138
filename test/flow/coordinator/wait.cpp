#include "wait.hpp"

#include "base/loop.hpp"

namespace cloudretro::test {

using namespace std::chrono_literals;

bool until(const std::function<bool()>& condition) {
    bool late = false;
    const auto watchdog = base::Loop::after(30s, [&] { late = true; });
    const auto again = base::Loop::every(5ms, [] {}); // processes and files tell nobody that they changed
    while (!condition() && !late) g_main_context_iteration(nullptr, TRUE);
    return !late;
}

}
