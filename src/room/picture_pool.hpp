#pragma once
// Turns the emulator's frames into GStreamer buffers: one copy, upright, into recycled memory.
#include "base/gst.hpp"
#include "room/frame.hpp"

#include <gst/video/video.h>

#include <cstdint>

namespace cloudretro::room {

// What a raw picture looks like in a buffer; equal shapes need no new caps.
struct Shape {
    GstVideoFormat format = GST_VIDEO_FORMAT_UNKNOWN;
    int width = 0, height = 0; // upright
    double fps = 0;
    bool operator==(const Shape&) const = default;
    base::Ref<GstCaps> caps() const; // with the exact frame rate: x264 holds a frame back without one
};

// Lives on the loop.
class PicturePool {
public:
    PicturePool() = default;
    PicturePool(const PicturePool&) = delete;
    PicturePool& operator=(const PicturePool&) = delete;
    ~PicturePool();

    // A buffer with the frame's pixels, rotated upright, stamped with `pts`. A duplicate gives the picture
    // before again. Empty when there is none yet, or memory is short. For reading only: it may come again.
    base::Ref<GstBuffer> take(const Frame& frame, double fps, GstClockTime pts);

    const Shape& shape() const { return shape_; }              // of the last buffer
    const base::Ref<GstBuffer>& last() const { return last_; } // empty: there was none yet

private:
    void reshape(const Shape& shape);

    Shape shape_;
    GstVideoInfo info_{};
    base::Ref<GstBufferPool> pool_;
    base::Ref<GstBuffer> last_;
};

// Copies `width` × `height` pixels of `bytes` each, turned by quarter turns counter-clockwise, into rows that
// are `toPitch` bytes apart.
void copyUpright(const std::byte* from, std::size_t fromPitch, unsigned width, unsigned height,
    unsigned bytes, unsigned rotation, std::byte* to, std::size_t toPitch);

}
