#include "room/sound.hpp"

#include <cmath>

namespace cloudretro::room {
namespace {

constexpr int channels = 2;
constexpr std::size_t blockPairs = SoundPacer::rate / 100;
constexpr std::int64_t blockTime = 10'000'000; // ns
constexpr int rateUnits = 20; // of a Hz: steps of a stretched rate, about a millionth of 48 kHz
constexpr int outRate = SoundPacer::rate * rateUnits;

// Never just the output's rate: the resampler leaves out its filter then, and going in and out of that
// clicks.
int inRate(double rate) {
    const int units = int(std::lround(rate * rateUnits));
    return units == outRate ? units + 1 : units;
}

}

void Sound::setRate(double rate) {
    if (rate == rate_) return;
    rate_ = rate >= 1000 && rate <= 400000 ? rate : 0;
    resampler_.reset();
    if (rate_ == 0) return;
    const base::Structure options(gst_structure_new_empty("resampler"));
    gst_audio_resampler_options_set_quality(
        GST_AUDIO_RESAMPLER_METHOD_KAISER, 4, int(rate_), SoundPacer::rate, options.get());
    // Interpolated: else each change of the rate would make the filter of every phase anew, 160 MB at 60 Hz.
    gst_structure_set(options.get(), GST_AUDIO_RESAMPLER_OPT_FILTER_MODE,
        GST_TYPE_AUDIO_RESAMPLER_FILTER_MODE, GST_AUDIO_RESAMPLER_FILTER_MODE_INTERPOLATED, nullptr);
    resampler_.reset(
        gst_audio_resampler_new(GST_AUDIO_RESAMPLER_METHOD_KAISER, GST_AUDIO_RESAMPLER_FLAG_VARIABLE_RATE,
            GST_AUDIO_FORMAT_S16, channels, inRate(rate_), outRate, options.get()));
}

std::int64_t Sound::end() const {
    const auto pairs = blocks_ * std::int64_t(blockPairs) + std::int64_t(line_.size() / channels);
    return lineStart_ + pairs * 1'000'000'000 / SoundPacer::rate;
}

void Sound::push(std::span<const std::int16_t> samples, std::int64_t frame) {
    if (!resampler_) return;
    resample(samples);
    const auto stretch = started_ ? pacer_.stretch(frame, end()) : std::nullopt;
    if (stretch) {
        gst_audio_resampler_update(resampler_.get(), inRate(rate_ / *stretch), outRate, nullptr);
    } else {
        blocks_ = 0;
        lineStart_ = 0;
        lineStart_ = SoundPacer::restart(frame) - end();
        started_ = true;
    }
    emitBlocks();
}

void Sound::resample(std::span<const std::int16_t> samples) {
    const auto pairs = samples.size() / channels;
    const auto made = gst_audio_resampler_get_out_frames(resampler_.get(), pairs);
    const auto before = line_.size();
    line_.resize(before + made * channels);
    gpointer in[] = {const_cast<std::int16_t*>(samples.data())}, out[] = {line_.data() + before};
    gst_audio_resampler_resample(resampler_.get(), in, pairs, out, made);
}

void Sound::emitBlocks() {
    std::size_t done = 0;
    for (; line_.size() - done >= blockPairs * channels; done += blockPairs * channels)
        if (onBlock)
            onBlock({line_.data() + done, blockPairs * channels}, lineStart_ + blocks_++ * blockTime);
    line_.erase(line_.begin(), line_.begin() + std::ptrdiff_t(done));
}

}
