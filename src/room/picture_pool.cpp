#include "room/picture_pool.hpp"

#include <cstring>

namespace cloudretro::room {
namespace {

GstVideoFormat gstFormat(PixelFormat format) {
    switch (format) {
    case PixelFormat::Xrgb1555:
        return GST_VIDEO_FORMAT_RGB15;
    case PixelFormat::Xrgb8888:
        return GST_VIDEO_FORMAT_BGRx;
    case PixelFormat::Rgb565:
        return GST_VIDEO_FORMAT_RGB16;
    }
    return GST_VIDEO_FORMAT_UNKNOWN;
}

Shape shapeOf(const ipc::FrameHeader& header, double fps) {
    const bool lying = header.rotation % 2 == 1;
    const int width = int(header.width), height = int(header.height);
    return {gstFormat(header.format), lying ? height : width, lying ? width : height, fps};
}

// Pixel (x, y) of the source goes to the place that a counter-clockwise turn gives it.
template <class Pixel>
void turn(const std::byte* from, std::size_t fromPitch, unsigned width, unsigned height, unsigned rotation,
    std::byte* to, std::size_t toPitch) {
    for (unsigned y = 0; y < height; ++y) {
        const auto* row = reinterpret_cast<const Pixel*>(from + y * fromPitch);
        for (unsigned x = 0; x < width; ++x) {
            const unsigned toX = rotation == 1 ? y : rotation == 2 ? width - 1 - x : height - 1 - y;
            const unsigned toY = rotation == 1 ? width - 1 - x : rotation == 2 ? height - 1 - y : x;
            reinterpret_cast<Pixel*>(to + toY * toPitch)[toX] = row[x];
        }
    }
}

}

void copyUpright(const std::byte* from, std::size_t fromPitch, unsigned width, unsigned height,
    unsigned bytes, unsigned rotation, std::byte* to, std::size_t toPitch) {
    if (rotation == 0) {
        for (unsigned y = 0; y < height; ++y)
            std::memcpy(to + y * toPitch, from + y * fromPitch, std::size_t(width) * bytes);
    } else if (bytes == 2) {
        turn<std::uint16_t>(from, fromPitch, width, height, rotation, to, toPitch);
    } else {
        turn<std::uint32_t>(from, fromPitch, width, height, rotation, to, toPitch);
    }
}

base::Ref<GstCaps> Shape::caps() const {
    int numerator = 0, denominator = 1;
    gst_util_double_to_fraction(fps, &numerator, &denominator);
    return base::Ref<GstCaps>::adopt(
        gst_caps_new_simple("video/x-raw", "format", G_TYPE_STRING, gst_video_format_to_string(format),
            "width", G_TYPE_INT, width, "height", G_TYPE_INT, height, "framerate", GST_TYPE_FRACTION,
            numerator, denominator, "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, nullptr));
}

PicturePool::~PicturePool() {
    if (pool_) gst_buffer_pool_set_active(pool_.get(), FALSE);
}

base::Ref<GstBuffer> PicturePool::take(const Frame& frame, double fps, GstClockTime pts) {
    if (frame.pixels.empty()) {
        if (!last_) return {};
        auto again = base::Ref<GstBuffer>::adopt(gst_buffer_copy(last_.get())); // shares the pixels
        GST_BUFFER_PTS(again.get()) = pts;
        return again;
    }
    if (const auto shape = shapeOf(frame.header, fps); !(shape == shape_)) reshape(shape);

    GstBuffer* raw = nullptr;
    if (gst_buffer_pool_acquire_buffer(pool_.get(), &raw, nullptr) != GST_FLOW_OK) return {};
    auto buffer = base::Ref<GstBuffer>::adopt(raw);
    GstMapInfo map;
    if (!gst_buffer_map(raw, &map, GST_MAP_WRITE)) return {};
    const auto& h = frame.header;
    copyUpright(frame.pixels.data(), h.pitch, h.width, h.height, bytesPerPixel(h.format), h.rotation,
        reinterpret_cast<std::byte*>(map.data), std::size_t(GST_VIDEO_INFO_PLANE_STRIDE(&info_, 0)));
    gst_buffer_unmap(raw, &map);
    GST_BUFFER_PTS(raw) = pts;
    last_ = buffer;
    return buffer;
}

void PicturePool::reshape(const Shape& shape) {
    shape_ = shape;
    gst_video_info_set_format(&info_, shape.format, guint(shape.width), guint(shape.height));
    if (pool_) gst_buffer_pool_set_active(pool_.get(), FALSE);
    pool_ = base::Ref<GstBufferPool>::adopt(gst_buffer_pool_new());
    auto* config = gst_buffer_pool_get_config(pool_.get());
    gst_buffer_pool_config_set_params(config, nullptr, guint(GST_VIDEO_INFO_SIZE(&info_)), 4, 0);
    gst_buffer_pool_set_config(pool_.get(), config);
    gst_buffer_pool_set_active(pool_.get(), TRUE);
}

}
