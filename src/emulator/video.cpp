#include "emulator/video.hpp"

#include <libretro.h>

#include <cstring>

namespace cloudretro::emulator {

void Video::draw(const void* pixels, unsigned width, unsigned height, std::size_t pitch) {
    if (!pixels || pixels == RETRO_HW_FRAME_BUFFER_VALID || width == 0 || height == 0) return;
    width_ = width;
    height_ = height;
    if (tooLarge()) return;
    const std::size_t row = std::size_t(width) * bytesPerPixel(format_);
    pitch_ = std::uint32_t((row + 3) / 4 * 4); // what GStreamer takes as it is
    const auto* from = static_cast<const std::byte*>(pixels);
    auto* to = ipc::slot(shared_, published_ + 1);
    for (unsigned y = 0; y < height; ++y, from += pitch, to += pitch_) std::memcpy(to, from, row);
    drawn_ = true;
}

void Video::publish(std::int64_t due, const std::array<std::uint32_t, maxSeats>& applied) {
    ++published_;
    shared_.frames[published_ % ipc::frameSlots] = {
        .sequence = published_,
        .timestamp = due,
        .width = width_,
        .height = height_,
        .pitch = pitch_,
        .format = format_,
        .rotation = rotation_,
        .duplicate = !drawn_,
        .audioWritten = shared_.audioWritten.load(std::memory_order_relaxed),
        .applied = applied,
    };
    drawn_ = false;
    shared_.published.store(published_, std::memory_order_release);
    raise();
}

void Video::raise() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto raised = ::write(raised_.get(), &one, sizeof one);
}

}
