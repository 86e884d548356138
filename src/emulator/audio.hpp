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

    // While it is mute, what is written is lost.
    void setMute(bool mute) { mute_ = mute; }
    void writeSilence(std::size_t pairs); // even then

private:
    void put(const std::int16_t* samples, std::size_t pairs);

    ipc::Shared& shared_;
    bool mute_ = false;
    std::uint64_t written_ = 0; // pairs
};

}
