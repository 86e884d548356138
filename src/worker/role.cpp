#include "worker/role.hpp"

#include "worker/worker.hpp"

#include <csignal>
#include <utility>

namespace cloudretro::worker {

using namespace std::chrono_literals;

int run(const base::Config& config) {
    base::Loop loop;
    Worker worker(config);
    base::Watch deadline;
    bool leaving = false;
    worker.onStopped = [&] { loop.quit(); };
    const auto stop = [&] {
        // What still runs then is killed, and what was not sent is sent by the next worker here.
        deadline = base::Loop::after(config.drainTime == 0 ? 1200ms : 5s, [&] { loop.quit(); });
        worker.stop();
    };
    // Players may finish what they do; whoever asks twice means it.
    const auto leave = [&] {
        if (std::exchange(leaving, true) || config.drainTime == 0) return stop();
        deadline = base::Loop::after(std::chrono::seconds(config.drainTime), stop);
        worker.drain();
    };
    const auto terminate = base::Loop::signal(SIGTERM, leave), interrupt = base::Loop::signal(SIGINT, leave);
    return loop.run();
}

}
