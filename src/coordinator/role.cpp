#include "coordinator/role.hpp"

#include "base/secret.hpp"
#include "coordinator/coordinator.hpp"
#include "coordinator/lan_address.hpp"
#include "coordinator/local_worker.hpp"

#include <csignal>
#include <fstream>
#include <iostream>
#include <optional>

namespace cloudretro::coordinator {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// A person who looks for where games belong finds out there.
void explainGamesDir(const base::Config& config) {
    const auto dir = fs::path(config.dataDir) / "games";
    std::error_code error;
    if (config.gamesDirs.front() != dir || !fs::create_directories(dir, error)) return;
    std::ofstream(dir / "README.txt")
        << "Put your games here, in one folder for each system:\n\n"
           "    nes/My Game.nes\n    gb/Another Game.gb\n    snes/A Third One.sfc\n\n"
           "The library shows them at once. Other folders: gbc, gba, pcengine, virtualboy, "
           "wonderswan, nds, psx.\nFirmware (BIOS) files belong into the folder \"system\" beside this "
           "one.\n";
}

void announce(const base::Config& config, int port) {
    const auto end = ":" + std::to_string(port);
    const bool everywhere = config.host == "0.0.0.0" || config.host == "::";
    std::string line = "Cloudretro is ready: http://" + (everywhere ? "localhost" : config.host) + end;
    if (const auto lan = everywhere ? lanAddress() : std::nullopt)
        line += "  (on your network: http://" + *lan + end + ")";
    std::cout << line << std::endl;
}

// In the role `all` only our own child needs to know it, unless other workers are invited by a file.
std::string tokenOf(const base::Config& config) {
    std::error_code ignored;
    if (config.role == base::Role::All && !fs::exists(config.workerTokenFile, ignored))
        return base::randomId(32);
    return base::readOrMakeSecret(config.workerTokenFile);
}

}

int run(const base::Config& config) {
    base::Loop loop;
    explainGamesDir(config);
    const auto token = tokenOf(config);
    Coordinator coordinator(config, token);
    g_unsetenv("CLOUDRETRO_PASSWORD"); // children inherit the environment, and cores run in some of them
    std::optional<LocalWorker> worker;
    base::Watch deadline;
    const auto stop = [&] {
        if (!worker) return loop.quit();
        deadline = base::Loop::after(1700ms, [&] { loop.quit(); }); // what still runs then is killed
        worker->stop();
    };
    const auto terminate = base::Loop::signal(SIGTERM, stop), interrupt = base::Loop::signal(SIGINT, stop);

    if (config.role == base::Role::All) {
        coordinator.onWorkerReady = [&] {
            announce(config, coordinator.port());
            base::Loop::post([&] { coordinator.onWorkerReady = nullptr; });
        };
        worker.emplace(config, coordinator.port(), token);
        worker->onStopped = [&] { loop.quit(); };
    } else
        announce(config, coordinator.port());
    return loop.run();
}

}
