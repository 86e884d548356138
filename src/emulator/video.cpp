#include "emulator/video.hpp"

#include "base/event_fd.hpp"
#include "emulator/control.hpp"

#include <libretro.h>

#include <algorithm>
#include <cstring>

namespace cloudretro::emulator {

void Video::draw(const void* pixels, unsigned width, unsigned height, std::size_t pitch) {
    if (!pixels || pixels == RETRO_HW_FRAME_BUFFER_VALID || width == 0 || height == 0) {
        repeats_ = true;
        return;
    }
    width_ = width;
    height_ = height;
    if (tooLarge() || hidden_) return;
    const std::size_t row = std::size_t(width) * bytesPerPixel(format_);
    pitch_ = std::uint32_t((row + 3) / 4 * 4); // what GStreamer takes as it is
    const auto* from = static_cast<const std::byte*>(pixels);
    auto* to = ipc::slot(shared_, published_ + 1);
    for (unsigned y = 0; y < height; ++y, from += pitch, to += pitch_) std::memcpy(to, from, row);
    drawn_ = true;
}

void Video::publish(
    std::int64_t due, const std::array<std::uint32_t, maxSeats>& applied, std::int64_t polled) {
    publish(due, applied, polled, false);
}

void Video::correct(
    std::int64_t time, const std::array<std::uint32_t, maxSeats>& applied, std::int64_t polled) {
    if (drawn_ && !isSamePicture()) publish(time, applied, polled, true);
    drawn_ = false;
}

// What was drawn as what was published last.
bool Video::isSamePicture() const {
    const auto& last = shared_.frames[published_ % ipc::frameSlots];
    const auto* drawn = ipc::slot(shared_, published_ + 1);
    return !last.duplicate && last.format == format_ && last.width == width_ && last.height == height_ &&
           last.rotation == rotation_ &&
           std::equal(drawn, drawn + std::size_t{pitch_} * height_, ipc::slot(shared_, published_));
}

void Video::publish(std::int64_t time, const std::array<std::uint32_t, maxSeats>& applied,
    std::int64_t polled, bool corrected) {
    ++published_;
    shared_.frames[published_ % ipc::frameSlots] = {
        .sequence = published_,
        .timestamp = time,
        .width = width_,
        .height = height_,
        .pitch = pitch_,
        .format = format_,
        .rotation = rotation_,
        .duplicate = !drawn_,
        .audioWritten = shared_.audioWritten.load(std::memory_order_relaxed),
        .applied = applied,
        .corrected = corrected,
        .polled = polled,
        .finished = now(),
    };
    drawn_ = false;
    shared_.published.store(published_, std::memory_order_release);
    raise();
}

void Video::raise() const { base::raise(raised_); }

}
