#pragma once
// A TCP proxy on the loopback that misbehaves: its n-th connection has the n-th of its faults, all later ones
// the last.
#include "base/fd.hpp"

#include <atomic>
#include <thread>
#include <vector>

namespace cloudretro::test {

enum class Fault {
    None,
    Refuse,    // closes at once
    Hang,      // takes the request and never answers
    Error500,  // answers so itself
    CutHeader, // the server does as told, but its answer breaks off in the first line
    CutBody,   // the last bytes of the answer are missing
    Damage,    // one byte at the end of the answer is another
};

class FaultyProxy {
public:
    FaultyProxy(int upstream, std::vector<Fault> faults);
    FaultyProxy(const FaultyProxy&) = delete;
    ~FaultyProxy();

    int port() const { return port_; }
    int connections() const { return connections_; }

private:
    void accept();
    void serve(base::Fd client, Fault fault) const;

    const int upstream_;
    const std::vector<Fault> faults_;
    base::Fd listening_, stop_;
    int port_ = 0;
    std::atomic<int> connections_ = 0;
    std::vector<std::jthread> serving_; // of the accepting thread
    std::jthread accepting_;
};

}
