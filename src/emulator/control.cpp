#include "emulator/control.hpp"

#include "base/log.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <ctime>

namespace cloudretro::emulator {
namespace {

constexpr Nanoseconds second = 1'000'000'000;

timespec span(Nanoseconds time) { return {.tv_sec = time / second, .tv_nsec = time % second}; }

}

Nanoseconds now() {
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * second + time.tv_nsec;
}

std::optional<protocol::ToEmulator> Control::wait(std::optional<Nanoseconds> until) {
    while (sleep(until)) {
        std::string text;
        switch (base::receivePacket(fd_.get(), text)) {
        case base::Receive::Closed:
            std::_Exit(EXIT_SUCCESS);
        case base::Receive::Nothing:
            break;
        case base::Receive::Got:
            if (auto message = base::decode<protocol::ToEmulator>(text)) return message;
            base::logWarning("the room sent a message that is not known: " + text);
        }
    }
    return std::nullopt;
}

bool Control::sleep(std::optional<Nanoseconds> until) const {
    pollfd socket{.fd = fd_.get(), .events = POLLIN, .revents = 0};
    for (;;) {
        const auto left = span(std::max<Nanoseconds>(until.value_or(0) - now(), 0));
        const int ready = ::ppoll(&socket, 1, until ? &left : nullptr, nullptr);
        if (ready >= 0) return ready > 0;
        if (errno != EINTR) std::_Exit(EXIT_FAILURE);
    }
}

}
