// A network for tests: carries packets between namespaces, each way as slowly as it is told.
// usage: delay NAMESPACE… -- [FROM TO MILLISECONDS[@KBIT][/PORT]]…
// Each namespace has a persistent TUN device "net0"; the nth one's packets come to 10.99.0.<n>. A way that is
// not listed takes no time. Both directions take what is told. From SIGUSR1 on a way with a rate carries so
// many kbit/s each way, and drops what would wait longer than 100 ms. A way with a port lets UDP pass to and
// from that port only; 0: none at all. Ends with its parent.
#include "base/fd.hpp"

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

using cloudretro::base::Fd;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto longestWait = std::chrono::milliseconds(100); // in front of a slow way
volatile std::sig_atomic_t isNarrow = 0;

Clock::duration milliseconds(double ms) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double, std::milli>(ms));
}

struct Way { // in one direction
    Clock::duration delay{};
    double kbit = 0;  // a second; 0: as much as comes
    int udpPort = -1; // the only one; -1: all are open
    Clock::time_point busyUntil;

    bool lets(const std::vector<std::uint8_t>& packet) const {
        const std::size_t header = 4u * (packet[0] & 15);
        if (udpPort < 0 || packet[9] != IPPROTO_UDP || packet.size() < header + 4) return true;
        const auto port = [&](std::size_t at) { return packet[at] << 8 | packet[at + 1]; };
        return udpPort > 0 && (port(header) == udpPort || port(header + 2) == udpPort);
    }

    // When it is through; time_point::max(): never, there are too many before it.
    Clock::time_point carry(std::size_t bytes) {
        const auto now = Clock::now();
        if (kbit <= 0 || !isNarrow) return now + delay;
        const auto start = std::max(now, busyUntil);
        if (start - now > longestWait) return Clock::time_point::max();
        busyUntil = start + milliseconds(double(bytes) * 8 / kbit);
        return busyUntil + delay;
    }
};

struct Packet {
    std::size_t to;
    std::vector<std::uint8_t> bytes;
};

[[noreturn]] void fail(const std::string& what) {
    std::perror(what.c_str());
    std::exit(1);
}

// This process is in that namespace afterwards; the device stays usable when it is in another.
Fd openDevice(const std::string& space) {
    const Fd file(::open(("/run/netns/" + space).c_str(), O_RDONLY | O_CLOEXEC));
    if (!file || ::setns(file.get(), CLONE_NEWNET) != 0) fail("namespace " + space);
    Fd device(::open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK));
    ifreq request{};
    std::strncpy(request.ifr_name, "net0", IFNAMSIZ - 1);
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    if (!device || ::ioctl(device.get(), TUNSETIFF, &request) != 0) fail("device net0 in " + space);
    return device;
}

class Network {
public:
    explicit Network(const std::vector<std::string>& spaces) : spaces_(spaces) {
        for (const auto& space : spaces) devices_.push_back(openDevice(space));
    }

    void slow(const std::string& from, const std::string& to, const std::string& told) {
        Way way;
        char* end = nullptr;
        way.delay = milliseconds(std::strtod(told.c_str(), &end));
        if (*end == '@') way.kbit = std::strtod(end + 1, &end);
        if (*end == '/') way.udpPort = std::atoi(end + 1);
        ways_[{indexOf(from), indexOf(to)}] = ways_[{indexOf(to), indexOf(from)}] = way;
    }

    [[noreturn]] void run() {
        std::vector<pollfd> polled;
        for (const auto& device : devices_) polled.push_back({device.get(), POLLIN, 0});
        for (;;) {
            const auto wait = onTheWay_.empty()
                                  ? std::chrono::hours(1)
                                  : std::max(Clock::duration{}, onTheWay_.begin()->first - Clock::now());
            const auto ns = std::chrono::nanoseconds(wait).count();
            const timespec patience{ns / 1'000'000'000, ns % 1'000'000'000};
            ::ppoll(polled.data(), polled.size(), &patience, nullptr);
            for (std::size_t i = 0; i < devices_.size(); ++i)
                while (take(i)) {}
            deliver();
        }
    }

private:
    std::size_t indexOf(const std::string& space) const {
        const auto at = std::ranges::find(spaces_, space);
        if (at == spaces_.end()) fail("unknown namespace " + space);
        return std::size_t(at - spaces_.begin());
    }

    bool take(std::size_t from) {
        std::vector<std::uint8_t> bytes(65536);
        const auto size = ::read(devices_[from].get(), bytes.data(), bytes.size());
        if (size < 0) return false;
        bytes.resize(std::size_t(size));
        if (size < 20 || bytes[0] >> 4 != 4 || bytes[16] != 10 || bytes[17] != 99) return true;
        const std::size_t to = bytes[19] - 1u;
        if (to >= devices_.size()) return true;
        auto& way = ways_[{from, to}];
        if (!way.lets(bytes)) return true;
        const auto arrival = way.carry(bytes.size());
        if (arrival != Clock::time_point::max()) onTheWay_.emplace(arrival, Packet{to, std::move(bytes)});
        return true;
    }

    void deliver() {
        const auto due = onTheWay_.upper_bound(Clock::now());
        for (auto packet = onTheWay_.begin(); packet != due; ++packet)
            // A full device drops it, as networks do.
            if (::write(devices_[packet->second.to].get(), packet->second.bytes.data(),
                    packet->second.bytes.size()) < 0)
                continue;
        onTheWay_.erase(onTheWay_.begin(), due);
    }

    const std::vector<std::string> spaces_;
    std::vector<Fd> devices_;
    std::map<std::pair<std::size_t, std::size_t>, Way> ways_;
    std::multimap<Clock::time_point, Packet> onTheWay_; // by when they arrive; equal ones in order
};

}

int main(int argc, char** argv) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const auto dashes = std::ranges::find(arguments, "--");
    Network network({arguments.begin(), dashes});
    for (auto way = dashes; arguments.end() - way > 3; way += 3) network.slow(way[1], way[2], way[3]);
    std::signal(SIGUSR1, [](int) { isNarrow = 1; });
    std::puts("ready");
    std::fflush(stdout);
    network.run();
}
