#pragma once
// A core's samples on their way into the ring that the room reads.
#include "cloudretro/ipc.hpp"

namespace cloudretro::emulator {

// Never waits: a room that does not read loses the oldest samples. `shared` must outlive it.
class Audio {
public:
    explicit Audio(ipc::Shared& shared) : shared_(shared) {}

    // `samples` are pairs, left first.
    void write(const std::int16_t* samples, std::size_t pairs);

private:
    ipc::Shared& shared_;
    std::uint64_t written_ = 0; // pairs
};

}
