#pragma once
// A core's pictures on their way into the slots that the room reads.
#include "base/fd.hpp"
#include "cloudretro/ipc.hpp"

namespace cloudretro::emulator {

// `shared` must outlive it.
class Video {
public:
    // `raised` is the eventfd that tells the room of each frame.
    Video(ipc::Shared& shared, base::Fd raised) : shared_(shared), raised_(std::move(raised)) {}

    void setFormat(PixelFormat format) { format_ = format; } // of the pictures to come
    void setRotation(std::uint32_t quarters) { rotation_ = quarters % 4; }
    std::uint32_t rotation() const { return rotation_; }

    // Copies a picture into the next slot; nothing is published yet. The last picture of a frame counts.
    // No `pixels`: the frame shows the picture before it.
    void draw(const void* pixels, unsigned width, unsigned height, std::size_t pitch);

    // Publishes what was drawn since the last call, or a duplicate, and raises the event. `due` is the
    // frame's time, `applied` the input sequence of each seat.
    void publish(std::int64_t due, const std::array<std::uint32_t, maxSeats>& applied, std::int64_t polled);

    // Publishes what was drawn since the last call as the frame before, corrected at `time`; nothing, if it
    // is the same picture.
    void correct(std::int64_t time, const std::array<std::uint32_t, maxSeats>& applied, std::int64_t polled);

    // Pictures to come are not looked at, until it is false again.
    void hide(bool hidden) { hidden_ = hidden; }
    bool isHidden() const { return hidden_; }
    bool repeats() const { return repeats_; } // the core has left a picture out: that means the one before

    // Raises the event without a frame: something else is there for the room.
    void raise() const;

    std::uint64_t published() const { return published_; } // frames

    // Of the last picture; 0 before the first.
    std::uint32_t width() const { return width_; }
    std::uint32_t height() const { return height_; }
    bool tooLarge() const {
        return width_ > ipc::maxWidth || height_ > ipc::maxHeight;
    } // then it was not drawn

private:
    bool isSamePicture() const;
    void publish(std::int64_t time, const std::array<std::uint32_t, maxSeats>& applied, std::int64_t polled,
        bool corrected);

    ipc::Shared& shared_;
    base::Fd raised_;
    PixelFormat format_ = PixelFormat::Xrgb1555; // libretro's default
    std::uint32_t rotation_ = 0, width_ = 0, height_ = 0, pitch_ = 0;
    std::uint64_t published_ = 0;
    bool drawn_ = false, hidden_ = false, repeats_ = false;
};

}
