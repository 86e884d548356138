#pragma once
// An eventfd: wakes another process, or thread, without a message.
#include "base/fd.hpp"

#include <sys/eventfd.h>

#include <cstdint>

namespace cloudretro::base {

inline Fd makeEventFd() { return Fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)); }

// Any thread; never waits.
inline void raise(const Fd& event) {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto raised = ::write(event.get(), &one, sizeof one);
}

}
