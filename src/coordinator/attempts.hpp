#pragma once
// How often something may be done, from one address and by all together: wrong passwords and tokens, uploads.
#include "base/rate_limit.hpp"

#include <chrono>
#include <map>
#include <string>

namespace cloudretro::coordinator {

// Pure: the time is given.
class Attempts {
public:
    using Time = base::RateLimit::Time;
    struct Limit {
        double perSecond, burst;
    };

    Attempts(Limit each, Limit everybody) : each_(each), all_(everybody.perSecond, everybody.burst) {}

    // How long this address has to wait; 0: it may now.
    std::chrono::seconds wait(const std::string& address, Time now) const;
    void spend(const std::string& address, Time now);

private:
    void forget(Time now);

    static constexpr std::size_t maxAddresses = 4096;
    Limit each_;
    base::RateLimit all_;
    std::map<std::string, base::RateLimit> addresses_; // that did it lately
};

}
