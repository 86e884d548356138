#include "room/video_encoder.hpp"

#include <catch2/catch.hpp>
#include <gst/app/gstappsink.h>

#include <memory>

using namespace cloudretro;
using namespace cloudretro::room;

namespace {

// Stands for a peer: counts the pictures that came through its track.
struct Watcher {
    explicit Watcher(VideoEncoder& encoder)
        : track(std::make_shared<Track>(pipeline.element("in"), true, encoder.keyframeRequester())) {
        encoder.fanOut().add(track);
        gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
        track->open();
    }

    // Waits for the next picture, but not forever.
    bool sees(GstClockTime patience = 5 * GST_SECOND) {
        return bool(base::Ref<GstSample>::adopt(
            gst_app_sink_try_pull_sample(GST_APP_SINK(pipeline.element("out").get()), patience)));
    }

    // The RTP time stamp of the next picture.
    std::uint32_t stampOfNext() {
        const auto sample = base::Ref<GstSample>::adopt(
            gst_app_sink_try_pull_sample(GST_APP_SINK(pipeline.element("out").get()), 5 * GST_SECOND));
        REQUIRE(sample);
        std::array<guint8, 4> bytes{};
        gst_buffer_extract(gst_sample_get_buffer(sample.get()), 4, bytes.data(), bytes.size());
        const auto stamp = GST_READ_UINT32_BE(bytes.data());
        while (const auto more = base::Ref<GstSample>::adopt(gst_app_sink_try_pull_sample(
                   GST_APP_SINK(pipeline.element("out").get()), 50 * GST_MSECOND)))
            gst_buffer_extract(gst_sample_get_buffer(more.get()), 4, bytes.data(), bytes.size());
        CHECK(GST_READ_UINT32_BE(bytes.data()) == stamp); // all packets of a picture have the same
        return stamp;
    }

    base::Pipeline pipeline =
        base::Pipeline::parse("appsrc name=in format=time ! appsink name=out sync=false");
    std::shared_ptr<Track> track;
};

// The pictures of a game, one after the other.
struct Film {
    void show(VideoEncoder& encoder) {
        const auto picture =
            base::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, 64 * 64 * 4, nullptr));
        gst_buffer_memset(picture.get(), 0, guint8(number), 64 * 64 * 4);
        GST_BUFFER_PTS(picture.get()) = GST_SECOND + number++ * GST_SECOND / 60;
        encoder.push(picture, {GST_VIDEO_FORMAT_BGRx, 64, 64, 60});
    }

    guint64 number = 0;
};

}

TEST_CASE("H.264 is chosen where the browser has it, VP8 otherwise", "[encoder]") {
    CHECK(chooseCodec({"VP8", "H264"}) == Codec::H264);
    CHECK(chooseCodec({"VP8"}) == Codec::Vp8);
    CHECK_FALSE(chooseCodec({"AV1"}));
    CHECK_FALSE(chooseCodec({}));
}

TEST_CASE("small pictures are enlarged, large ones are not", "[encoder]") {
    CHECK(enlargement(160, 144) == 2);
    CHECK(enlargement(256, 240) == 2);
    CHECK(enlargement(640, 480) == 1);
}

TEST_CASE("the bit rate grows with the picture, within bounds", "[encoder]") {
    CHECK(videoBitrate(160, 144, 60) == 1000);
    CHECK(videoBitrate(512, 480, 60) > videoBitrate(320, 288, 60));
    CHECK(videoBitrate(4096, 4096, 60) == 12000);
}

TEST_CASE("who comes later gets a picture, also when the first one asked before there was any", "[encoder]") {
    const auto codec = GENERATE(Codec::H264, Codec::Vp8);
    const RoomClock clock;
    VideoEncoder encoder(codec, clock);
    Film film;
    Watcher first(encoder);
    encoder.keyframeRequester()();
    film.show(encoder);
    REQUIRE(first.sees());

    Watcher later(encoder);
    encoder.keyframeRequester()();
    bool seen = false;
    for (int i = 0; i < 60 && !seen; ++i) { // a second: half of one passes between two keyframes
        film.show(encoder);
        REQUIRE(first.sees());
        seen = later.sees(0);
    }
    CHECK((seen || later.sees()));
}

TEST_CASE("a picture that is followed tells when it left, under the time stamp of its packets", "[encoder]") {
    const auto codec = GENERATE(Codec::H264, Codec::Vp8);
    const RoomClock clock;
    VideoEncoder encoder(codec, clock);
    Watcher watcher(encoder);
    std::vector<Departure> departures;
    encoder.departures().onDeparted = [&](const Departure& departure) { departures.push_back(departure); };
    Film film;
    std::vector<std::uint32_t> stamps;
    for (guint64 number = 0; number < 6; ++number) {
        FrameTimes frame;
        frame.time = GST_SECOND + number * GST_SECOND / 60;
        frame.polled = std::int64_t(number);
        if (number % 2) encoder.departures().follow(frame);
        film.show(encoder);
        stamps.push_back(watcher.stampOfNext());
    }
    while (departures.size() < 3) g_main_context_iteration(nullptr, TRUE);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(departures[i].frame.polled == std::int64_t(2 * i + 1));
        CHECK(departures[i].rtpTimestamp == stamps[2 * i + 1]);
        CHECK(departures[i].left > 0);
    }
    CHECK(stamps[1] - stamps[0] == Approx(1500).margin(1)); // 90 kHz
}
