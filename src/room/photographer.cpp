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

void Photographer::take(const base::Ref<GstBuffer>& picture, const Shape& shape, double aspect,
    std::function<void(const std::string&)> done) {
    if (!picture) return done({});
    if (wanted_) return wanted_->push_back(std::move(done));
    wanted_ = std::make_shared<Done>(1, std::move(done));
    const auto sample = base::Ref<GstSample>::adopt(
        gst_sample_new(picture.get(), pictureCaps(shape, aspect).get(), nullptr, nullptr));
    gst_video_convert_sample_async(sample.get(), photoCaps(aspect).get(), patience, &Photographer::developed,
        new Order{this, wanted_}, [](gpointer order) { delete static_cast<Order*>(order); });
}

void Photographer::developed(GstSample* sample, GError* error, gpointer data) {
    const auto photo = base::Ref<GstSample>::adopt(sample);
    const base::Error why(error);
    const auto& order = *static_cast<Order*>(data);
    const auto done = order.wanted.lock(); // null: the photographer is gone
    if (why) base::logDebug(std::string("no photo of the game: ") + why->message);
    if (!done) return;
    auto* buffer = photo ? gst_sample_get_buffer(photo.get()) : nullptr;
    GstMapInfo map;
    std::string text;
    if (buffer && gst_buffer_map(buffer, &map, GST_MAP_READ)) {
        text = base::Chars(g_base64_encode(map.data, map.size)).get();
        gst_buffer_unmap(buffer, &map);
    }
    order.self->wanted_.reset();
    for (const auto& each : *done) each(text);
}

}
