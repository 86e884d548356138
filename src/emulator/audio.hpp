#pragma once
// A core's samples on their way into the ring that the room reads.
#include "cloudretro/ipc.hpp"
#include "emulator/run.hpp"

namespace cloudretro::emulator {

// Never waits: a room that does not read loses the oldest samples. `shared` must outlive it.
class Audio {
public:
    explicit Audio(ipc::Shared& shared) : shared_(shared) {}

    // A frame begins. What was handed over of a frame that runs again stays; where the new history goes on
    // from there, a step between the two fades out.
    void begin(Run run);

    // `samples` are pairs, left first.
    void write(const std::int16_t* samples, std::size_t pairs);

    // Of all that the core has made for this frame, whether it is heard or not.
    std::uint64_t fingerprint() const { return fingerprint_; }

    // While it is mute, what is written is lost.
    void setMute(bool mute) { mute_ = mute; }
    void writeSilence(std::size_t pairs); // even then

private:
    using Pair = std::array<std::int16_t, 2>;
    void put(const std::int16_t* samples, std::size_t pairs);
    void skip(const std::int16_t*& samples, std::size_t& pairs);
    void fade(const std::int16_t* samples, std::size_t pairs);
    Pair last() const; // that was handed over

    ipc::Shared& shared_;
    bool mute_ = false;
    std::uint64_t written_ = 0; // pairs
    Run run_ = Run::Fresh;
    std::uint64_t skip_ = 0;                      // pairs to come that were handed over by an earlier run
    std::uint64_t frameSkip_ = 0, frameFrom_ = 0; // skip_ and written_ when the frame began
    std::array<int, 2> step_{};                   // from the new history to what was handed over
    std::uint64_t fingerprint_ = 0;
    std::size_t fading_ = 0; // pairs left of its fading out
};

}
