#pragma once
// Memory that two processes share: a memfd of fixed, sealed size, so that neither can shrink it under the
// other.
#include "base/fd.hpp"

#include <cstddef>

namespace cloudretro::base {

class SharedMemory {
public:
    static SharedMemory create(std::size_t bytes);        // zeroed; throws Failure
    static SharedMemory attach(Fd fd, std::size_t bytes); // throws Failure when it is smaller than `bytes`

    SharedMemory(SharedMemory&& o) noexcept;
    SharedMemory& operator=(SharedMemory&&) = delete;
    ~SharedMemory();

    void* data() const { return data_; }
    Fd duplicate() const { return fd_.duplicate(); } // for a child

private:
    SharedMemory(Fd fd, std::size_t bytes);

    Fd fd_;
    std::size_t bytes_;
    void* data_;
};

}
