#include "room/photographer.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <cmath>

namespace cloudretro::room {
namespace {

constexpr int height = 180; // 320 × 180 and the like: sharp enough for a card, and some 10 KiB
constexpr GstClockTime patience = 5 * GST_SECOND;

// With the shape of its pixels: else it would be scaled into borders.
base::Ref<GstCaps> pictureCaps(const Shape& shape, double aspect) {
    auto caps = shape.caps();
    int numerator = 1, denominator = 1;
    gst_util_double_to_fraction(aspect * shape.height / shape.width, &numerator, &denominator);
    gst_caps_set_simple(caps.get(), "pixel-aspect-ratio", GST_TYPE_FRACTION, numerator, denominator, nullptr);
    return caps;
}

base::Ref<GstCaps> photoCaps(double aspect) {
    const int width = std::clamp(int(std::lround(height * aspect)), 60, 480);
    return base::Ref<GstCaps>::adopt(gst_caps_new_simple("image/jpeg", "width", G_TYPE_INT, width, "height",
        G_TYPE_INT, height, "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, nullptr));
}

}

void Photographer::take(const base::Ref<GstBuffer>& picture, const Shape& shape, double aspect, Done done) {
    if (!picture || wanted_) return;
    wanted_ = std::make_shared<Done>([this, done = std::move(done)](const std::string& jpeg) {
        wanted_.reset();
        if (!jpeg.empty()) done(jpeg);
    });
    const auto sample = base::Ref<GstSample>::adopt(
        gst_sample_new(picture.get(), pictureCaps(shape, aspect).get(), nullptr, nullptr));
    gst_video_convert_sample_async(sample.get(), photoCaps(aspect).get(), patience, &Photographer::developed,
        new std::weak_ptr<Done>(wanted_),
        [](gpointer weak) { delete static_cast<std::weak_ptr<Done>*>(weak); });
}

void Photographer::developed(GstSample* sample, GError* error, gpointer wanted) {
    const auto photo = base::Ref<GstSample>::adopt(sample);
    const base::Error why(error);
    const auto done = static_cast<std::weak_ptr<Done>*>(wanted)->lock();
    if (why) base::logDebug(std::string("no photo of the game: ") + why->message);
    if (!done) return;
    auto* buffer = photo ? gst_sample_get_buffer(photo.get()) : nullptr;
    GstMapInfo map;
    std::string text;
    if (buffer && gst_buffer_map(buffer, &map, GST_MAP_READ)) {
        text = base::Chars(g_base64_encode(map.data, map.size)).get();
        gst_buffer_unmap(buffer, &map);
    }
    (*done)(text);
}

}
