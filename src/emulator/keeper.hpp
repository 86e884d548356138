#pragma once
// Hands the game's state and its battery-backed memory to the room, between frames.
#include "emulator/snapshot_pacer.hpp"
#include "emulator/timeline.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

namespace cloudretro::emulator {

// Never waits: what finds no free slot comes after a later frame. `shared`, `game` and `video` must outlive
// it.
class Keeper {
public:
    // `sram` is what the room has already.
    Keeper(ipc::Shared& shared, const Timeline& game, Video& video, std::span<const std::byte> sram);

    // After each frame; the next is due in `slack`.
    void betweenFrames(Nanoseconds slack);

    // Without regard to time: on request, and (0) before a pause.
    void snapshot(std::uint32_t request);
    std::function<void(std::uint32_t request)> onRefused; // the core has no state to give

    // What was asked for and found no free slot.
    bool hasRequests() const { return !requests_.empty(); }
    void serveRequests();

    void jumped(); // the game did not get here by running: a fresh snapshot, soon

private:
    bool isFree() const;
    bool takeState(std::uint32_t request);
    void takeSram(std::span<const std::byte> now);
    void watchSram(bool hurry);
    void publish(ipc::Kept kind, std::size_t bytes, std::uint32_t request);

    ipc::Shared& shared_;
    const Timeline& game_;
    Video& video_;
    SnapshotPacer pacer_;
    std::uint64_t published_ = 0;
    std::deque<std::uint32_t> requests_;         // that found no free slot
    std::vector<std::byte> sramKept_, sramSeen_; // by the room; when last looked at
    Nanoseconds sramLook_ = 0, sramChanged_ = 0; // next look; first change that is not kept, 0: none
    std::uint64_t snapshotFrame_ = 0;            // of the newest
    bool stateless_ = false;                     // the core refused once
};

}
