#include "emulator/control.hpp"

#include "base/log.hpp"

#include <poll.h>
#include <unistd.h>

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

Woken Control::wait(std::optional<Nanoseconds> until, bool forInput) {
    for (;;) {
        switch (sleep(until, forInput)) {
        case Event::Message:
            if (auto message = receive()) return {std::move(message), false};
            break;
        case Event::Input:
            return {std::nullopt, true};
        case Event::Time:
            return {};
        }
    }
}

std::optional<protocol::ToEmulator> Control::receive() {
    std::string text;
    switch (base::receivePacket(fd_.get(), text)) {
    case base::Receive::Closed:
        std::_Exit(EXIT_SUCCESS);
    case base::Receive::Nothing:
        return std::nullopt;
    case base::Receive::Got:
        break;
    }
    auto message = base::decode<protocol::ToEmulator>(text);
    if (!message) base::logWarning("the room sent a message that is not known: " + text);
    return message;
}

Control::Event Control::sleep(std::optional<Nanoseconds> until, bool forInput) const {
    pollfd sources[] = {{.fd = fd_.get(), .events = POLLIN, .revents = 0},
        {.fd = input_.get(), .events = POLLIN, .revents = 0}};
    for (;;) {
        const auto left = span(std::max<Nanoseconds>(until.value_or(0) - now(), 0));
        const int ready = ::ppoll(sources, forInput ? 2 : 1, until ? &left : nullptr, nullptr);
        if (ready < 0 && errno != EINTR) std::_Exit(EXIT_FAILURE);
        if (ready < 0) continue;
        if (sources[0].revents) return Event::Message;
        if (ready == 0) return Event::Time;
        std::uint64_t raised = 0;
        [[maybe_unused]] const auto lowered = ::read(input_.get(), &raised, sizeof raised);
        return Event::Input;
    }
}

}
