#pragma once
// Where browsers measure their way to this worker: one UDP socket that answers STUN as an ICE peer does, and
// never gets further. It remembers nobody.
#include "base/config.hpp"
#include "base/fd.hpp"
#include "base/loop.hpp"
#include "base/rate_limit.hpp"
#include "worker/stun.hpp"

#include <string>

namespace cloudretro::worker {

// Lives on the loop.
class Landmark {
public:
    // Takes one port of the range. When none is to be had it warns and describes no candidates: then nobody
    // measures, and the coordinator estimates.
    explicit Landmark(base::PortRange ports);

    // For browsers, at the addresses that this machine has now; the worker's id and region are left open.
    protocol::Landmark describe() const;
    int port() const;

private:
    void answer();
    bool answerOne();

    const IceCredentials credentials_;
    const std::string fingerprint_;
    base::Fd socket_;
    base::RateLimit rate_{500, 1000}; // answers, not questions: noise does not silence it
    base::Watch questions_;
};

}
