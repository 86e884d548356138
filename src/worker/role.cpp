#include "worker/role.hpp"

#include "worker/worker.hpp"

#include <csignal>

namespace cloudretro::worker {

using namespace std::chrono_literals;

int run(const base::Config& config) {
    base::Loop loop;
    Worker worker(config);
    base::Watch deadline;
    worker.onStopped = [&] { loop.quit(); };
    const auto stop = [&] {
        deadline = base::Loop::after(1200ms, [&] { loop.quit(); }); // what still runs then is killed
        worker.stop();
    };
    const auto terminate = base::Loop::signal(SIGTERM, stop), interrupt = base::Loop::signal(SIGINT, stop);
    return loop.run();
}

}
