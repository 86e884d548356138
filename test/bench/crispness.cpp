// How true a picture comes out of the encoder, and what that costs: each way of enlarging and encoding, on
// pictures of a real game. Prints JSON. usage: crispness CORE GAME [PICTURES]
//   psnr     dB, of what a player sees against the core's pixels, all three colours
//   edges    dB, the same at the pixels whose neighbour has another colour: where 4:2:0 smears
//   ms       CPU time a picture, conversion and encoding
//   kbps     of the encoded pictures
#include "emulator/emulator.hpp"
#include "room/emulation.hpp"
#include "room/picture_pool.hpp"
#include "room/video_encoder.hpp"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstring>
#include <ctime>
#include <iostream>

using namespace cloudretro;
using base::Ref;

namespace {

struct Film {
    room::Shape shape;
    std::vector<Ref<GstBuffer>> pictures;
};

// What a core shows from its second on, with A and the d-pad pressed now and then so that something moves.
Film record(const std::string& core, const std::string& game, std::size_t count) {
    Film film;
    base::Loop loop;
    room::PicturePool pool;
    room::Emulation emulator;
    double fps = 60;
    std::size_t seen = 0;
    emulator.onLoaded = [&](const protocol::Loaded& loaded) { fps = loaded.fps; };
    emulator.onFrame = [&](const room::Frame& frame, std::span<const std::int16_t>) {
        auto& seat = (*emulator.seats())[0];
        seat.state = seen % 20 < 10 ? 1u << (seen / 20 % 9) : 0; // each button in turn
        const auto picture = pool.take(frame, fps, seen * GST_SECOND / 60);
        if (++seen <= 60 || !picture) return;
        film.pictures.push_back(Ref<GstBuffer>::adopt(gst_buffer_copy_deep(picture.get())));
        if (film.pictures.size() == count) loop.quit();
    };
    emulator.onDead = [&](const protocol::Trouble& trouble) {
        std::cerr << trouble.message << '\n';
        loop.quit(1);
    };
    emulator.load({core, game, "/tmp", "/tmp", {}});
    if (loop.run() != 0) std::exit(1);
    film.shape = pool.shape();
    return film;
}

struct Way {
    std::string name, encoder, decoder;
    int times;
};

std::string convert(const room::Shape& shape, int times) {
    return "videoconvertscale method=nearest-neighbour chroma-resampler=nearest dither=none add-borders=false"
           " n-threads=1 ! video/x-raw,format=I420,colorimetry=bt601,width=" +
           std::to_string((shape.width * times + 1) / 2 * 2) +
           ",height=" + std::to_string((shape.height * times + 1) / 2 * 2) + " ! ";
}

double cpuSeconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

// Runs the film through `tail`; each sample that comes out goes to `onSample`. Returns the CPU seconds it
// took.
double run(const Film& film, const std::string& tail, const std::function<void(GstSample*)>& onSample) {
    const auto pipeline =
        base::Pipeline::parse("appsrc name=source format=time block=true max-buffers=4 max-bytes=0 ! " +
                              tail + " ! appsink name=sink sync=false max-buffers=4");
    const auto source = pipeline.element("source"), sink = pipeline.element("sink");
    gst_app_src_set_caps(GST_APP_SRC(source.get()), film.shape.caps().get());
    gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
    const auto before = cpuSeconds();
    std::size_t pushed = 0;
    auto pull = [&](GstClockTime wait) {
        const auto sample =
            Ref<GstSample>::adopt(gst_app_sink_try_pull_sample(GST_APP_SINK(sink.get()), wait));
        if (sample) onSample(sample.get());
        return bool(sample);
    };
    for (; pushed < film.pictures.size(); ++pushed) {
        gst_app_src_push_buffer(GST_APP_SRC(source.get()), gst_buffer_ref(film.pictures[pushed].get()));
        while (pull(0)) {}
    }
    gst_app_src_end_of_stream(GST_APP_SRC(source.get()));
    while (!gst_app_sink_is_eos(GST_APP_SINK(sink.get()))) pull(100 * GST_MSECOND);
    return cpuSeconds() - before;
}

struct Error {
    double sum = 0;
    std::size_t count = 0;
    void add(double squared) {
        sum += squared;
        ++count;
    }
    double psnr() const { return 10 * std::log10(255.0 * 255.0 / std::max(1e-9, sum / double(count) / 3)); }
};

using Pixels = std::vector<std::uint8_t>; // BGRx, tight

Pixels pixelsOf(GstSample* sample, int width, int height) {
    GstVideoInfo info;
    GstVideoFrame frame;
    gst_video_info_from_caps(&info, gst_sample_get_caps(sample));
    gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample), GST_MAP_READ);
    Pixels all(std::size_t(width * height * 4));
    const auto* from = static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0));
    for (int y = 0; y < height; ++y)
        std::memcpy(&all[std::size_t(y * width * 4)], from + y * GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0),
            std::size_t(width) * 4);
    gst_video_frame_unmap(&frame);
    return all;
}

double squaredDistance(const std::uint8_t* a, const std::uint8_t* b) {
    double sum = 0;
    for (int i = 0; i < 3; ++i) sum += double(a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

// `shown` is `times` the size of `made`; a player sees each made pixel as times × times shown ones.
void compare(
    const Pixels& made, const Pixels& shown, int width, int height, int times, Error& all, Error& edges) {
    for (int y = 0; y < height * times; ++y)
        for (int x = 0; x < width * times; ++x) {
            const int px = x / times, py = y / times;
            const auto* pixel = &made[std::size_t((py * width + px) * 4)];
            const auto* right = &made[std::size_t((py * width + std::min(px + 1, width - 1)) * 4)];
            const auto* below = &made[std::size_t((std::min(py + 1, height - 1) * width + px) * 4)];
            const auto error = squaredDistance(pixel, &shown[std::size_t((y * width * times + x) * 4)]);
            all.add(error);
            if (squaredDistance(pixel, right) > 900 || squaredDistance(pixel, below) > 900) edges.add(error);
        }
}

nlohmann::json measure(const Film& film, const Way& way) {
    const int width = film.shape.width, height = film.shape.height;
    const auto kbps = room::videoBitrate(width * way.times, height * way.times, film.shape.fps);
    const bool isVp8 = way.decoder == "vp8dec";
    const auto head =
        convert(film.shape, way.times) + way.encoder +
        (isVp8 ? " target-bitrate=" + std::to_string(kbps * 1000)
               : " bitrate=" + std::to_string(kbps) + " ! video/x-h264,profile=constrained-baseline");

    std::size_t bytes = 0;
    const double cpu =
        run(film, head, [&](GstSample* s) { bytes += gst_buffer_get_size(gst_sample_get_buffer(s)); });

    std::vector<Pixels> made;
    run(film, "videoconvert ! video/x-raw,format=BGRx",
        [&](GstSample* s) { made.push_back(pixelsOf(s, width, height)); });
    Error all, edges;
    std::size_t at = 0;
    const auto parse = isVp8 ? " ! " : " ! h264parse ! ";
    run(film,
        head + parse + way.decoder + " ! videoconvert chroma-resampler=nearest ! video/x-raw,format=BGRx",
        [&](GstSample* s) {
            if (at >= made.size()) return;
            compare(made[at++], pixelsOf(s, width * way.times, height * way.times), width, height, way.times,
                all, edges);
        });
    const auto count = double(film.pictures.size());
    return {{"way", way.name}, {"times", way.times}, {"psnr", all.psnr()}, {"edges", edges.psnr()},
        {"ms", 1000 * cpu / count}, {"kbps", double(bytes) * 8 / 1000 / (count / film.shape.fps)}};
}

}

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "--role=emulator") return emulator::run();
    if (argc < 3) {
        std::cerr << "usage: crispness CORE GAME [PICTURES]\n";
        return 64;
    }
    gst_init(&argc, &argv);
    const auto film = record(argv[1], argv[2], argc > 3 ? std::stoul(argv[3]) : 300);
    const auto x264 = [](const std::string& preset) {
        return "x264enc tune=zerolatency speed-preset=" + preset +
               " threads=1 pass=cbr bframes=0 aud=false byte-stream=true vbv-buf-capacity=120 "
               "key-int-max=1000000";
    };
    const auto vp8 = [](const std::string& speed) {
        return "vp8enc deadline=1 cpu-used=" + speed +
               " threads=1 end-usage=cbr lag-in-frames=0 keyframe-mode=disabled keyframe-max-dist=1000000"
               " buffer-initial-size=100 buffer-optimal-size=120 buffer-size=150 max-intra-bitrate=250 "
               "undershoot=25"
               " overshoot=10 static-threshold=0";
    };
    auto results = nlohmann::json::array();
    for (const int times : {1, 2, 3}) {
        for (const auto* preset : {"ultrafast", "superfast", "veryfast"})
            results.push_back(
                measure(film, {std::string("H.264 ") + preset, x264(preset), "openh264dec", times}));
        for (const auto* speed : {"16", "8"})
            results.push_back(
                measure(film, {std::string("VP8 cpu-used=") + speed, vp8(speed), "vp8dec", times}));
    }
    std::cout << nlohmann::json{{"width", film.shape.width}, {"height", film.shape.height}, {"ways", results}}
                     .dump(2)
              << '\n';
}
