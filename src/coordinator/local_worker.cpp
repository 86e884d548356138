#include "coordinator/local_worker.hpp"

#include "base/failure.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"

#include <csignal>
#include <set>

namespace cloudretro::coordinator {
namespace {

using namespace std::chrono_literals;

constexpr int tokenFd = 3;

// All that the worker needs to know is said here: it reads no file of its own.
std::vector<std::string> argumentsOf(const base::Config& config, int port) {
    const bool everywhere = std::set<std::string>{"0.0.0.0", "::", "localhost"}.contains(config.host);
    const auto host = everywhere                                   ? "127.0.0.1"
                      : config.host.find(':') == std::string::npos ? config.host
                                                                   : "[" + config.host + "]";
    std::vector<std::string> arguments{"--role=worker", "--config=/dev/null",
        "--coordinator=ws://" + host + ":" + std::to_string(port) + "/worker",
        "--worker-token-file=/proc/self/fd/" + std::to_string(tokenFd), "--data-dir=" + config.dataDir,
        "--system-dir=" + config.systemDir, "--max-rooms=" + std::to_string(config.maxRooms),
        "--drain-time=0", "--shared-games", "--sandbox=" + config.sandbox};
    for (const auto& dir : config.coresDirs) arguments.push_back("--cores-dir=" + dir);
    if (!config.earlyFrames) arguments.push_back("--early-frames=off");
    if (!config.region.empty()) arguments.push_back("--region=" + config.region);
    if (config.mediaPorts.first)
        arguments.push_back("--media-ports=" + std::to_string(config.mediaPorts.first) + "-" +
                            std::to_string(config.mediaPorts.last));
    if (config.mediaPort) arguments.push_back("--media-port=" + std::to_string(config.mediaPort));
    for (const auto& address : config.publicAddresses) arguments.push_back("--public-address=" + address);
    return arguments;
}

}

LocalWorker::LocalWorker(const base::Config& config, int port, std::string token)
    : config_(config),
      port_(port),
      token_(std::move(token)),
      backoff_(250ms, 10s) {
    start();
}

void LocalWorker::start() {
    std::vector<base::Inherited> inherited;
    inherited.push_back({base::secretFile(token_), tokenFd});
    child_ = std::make_unique<base::Child>(argumentsOf(config_, port_), std::move(inherited));
    child_->onExit = [this](base::Exit exit) { ended(exit); };
    healthy_ = base::Loop::after(30s, [this] { backoff_.reset(); });
}

void LocalWorker::ended(base::Exit exit) {
    child_.reset();
    healthy_ = {};
    if (stopping_) {
        if (onStopped) onStopped();
        return;
    }
    base::logWarning("The worker ended (" + exit.text() + "); it is started again.");
    again_ = base::Loop::after(backoff_.next(), [this] {
        try {
            start();
        } catch (const base::Failure& failure) {
            base::logWarning(failure.what());
            ended({});
        }
    });
}

void LocalWorker::stop() {
    stopping_ = true;
    again_ = {};
    if (child_)
        child_->kill(SIGTERM);
    else if (onStopped)
        onStopped();
}

}
