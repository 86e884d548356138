#pragma once
// A TCP relay between a worker and its coordinator, which does to the transfers of files what bad networks
// do.
#include "base/fd.hpp"
#include "base/loop.hpp"

#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::test {

class Proxy {
public:
    static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

    // What happens to the body of one transfer, after so many bytes.
    struct Plan {
        std::size_t cutAt = never, stallAt = never, damageAt = never;
    };
    struct Transfer {
        std::string request;   // head of it
        std::string head;      // of the answer
        std::size_t bytes = 0; // of the body that were passed on
        bool open = true;
    };

    // On the test's loop; `target` is a port on loopback. The n-th transfer goes by the n-th plan, later ones
    // pass undisturbed.
    explicit Proxy(int target, std::vector<Plan> plans = {});
    Proxy(const Proxy&) = delete;
    ~Proxy();

    int port() const { return port_; }
    const std::vector<Transfer>& transfers() const { return transfers_; }
    void cutStalled();

private:
    struct Pair;
    void accept();
    void fromClient(Pair& pair);
    void fromServer(Pair& pair);
    std::string_view passOn(Pair& pair, std::string& bytes);
    void listenToServer(Pair& pair);
    void close(Pair& pair);

    const int target_;
    const std::vector<Plan> plans_;
    base::Fd listener_;
    int port_ = 0;
    std::vector<Transfer> transfers_;
    std::vector<std::unique_ptr<Pair>> pairs_;
    base::Watch accepting_;
};

}
