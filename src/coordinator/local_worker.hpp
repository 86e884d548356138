#pragma once
// The worker of the role `all`: a child process, started again when it ends.
#include "base/backoff.hpp"
#include "base/child.hpp"
#include "base/config.hpp"

#include <functional>
#include <memory>
#include <string>

namespace cloudretro::coordinator {

// Lives on the loop. Destroying it kills the worker.
class LocalWorker {
public:
    // `token` reaches the child in memory only. Throws Failure when it cannot be started the first time.
    LocalWorker(const base::Config& config, int port, std::string token);

    // Ends it in good order; `onStopped` follows.
    void stop();
    std::function<void()> onStopped;

private:
    void start();
    void ended(base::Exit exit);

    const base::Config config_;
    const int port_;
    const std::string token_;
    std::unique_ptr<base::Child> child_;
    bool stopping_ = false;
    base::Backoff backoff_;
    base::Watch again_, healthy_;
};

}
