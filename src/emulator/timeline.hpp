#pragma once
// A game's one history, and the looks beside it: frames that newer input corrects, frames that are shown
// ahead.
#include "emulator/moment.hpp"
#include "emulator/trials.hpp"

#include <cstdint>

namespace cloudretro::emulator {

// Between two ticks the last frame is open, if the core can be taken back: input that comes then lets it run
// once more, and from there the game goes on. What others keep of the game is never of an open frame.
// All must outlive it.
class Timeline {
public:
    struct Wishes {
        bool early = false; // correct open frames
        int ahead = 0;      // show the picture of so many frames later
    };
    Timeline(Core& core, Video& video, const Audio& audio, const Input& input, const Wishes& wishes);

    void run(Nanoseconds due); // the next frame: runs and shows it

    // Whether the last frame may still be corrected, as it should be when input has changed.
    bool isOpen() const { return open_; }
    void correct(Nanoseconds nextDue); // not, if the next frame is too near
    void settle() { open_ = false; }   // the last frame stays as it is

    void jumped(); // the game came elsewhere by other ways

    // Where the game stands without an open frame: how many frames it has come, how large its state is at
    // most, the state into memory of that size (false: refused), and the save memory.
    std::uint64_t frame() const { return open_ ? frames_ - 1 : frames_; }
    std::size_t stateSize() const { return open_ ? before_.state().size() : core_.stateSize(); }
    bool saveState(std::span<std::byte> into) const;
    std::span<const std::byte> sram() const { return open_ ? before_.sram() : core_.sram(); }

private:
    bool looksAhead() const { return wishes_.ahead > 0 && ahead_.trusted(); }
    void keepOpen();
    void tryAgain();
    void lookAhead();
    void give();

    Core& core_;
    Video& video_;
    const Audio& audio_;
    const Input& input_;
    const Wishes wishes_;
    Trials early_, ahead_;
    Moment before_, after_;   // the last frame
    Nanoseconds keeping_ = 0; // what `before_` took
    std::uint64_t frames_ = 0;
    bool open_ = false;
};

}
