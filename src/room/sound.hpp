#pragma once
// From the samples of a core to 10 ms blocks at 48 kHz.
#include "base/gst.hpp"
#include "room/sound_pacer.hpp"

#include <gst/audio/audio.h>

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace cloudretro::room {

// Lives on the loop.
class Sound {
public:
    // 480 interleaved stereo pairs, and the monotonic time (ns) of the first.
    using Block = std::span<const std::int16_t>;
    std::function<void(Block, std::int64_t)> onBlock;

    // The core's rate in Hz; at run time too. Rates that no core has (under 1 or over 400 kHz) silence it.
    void setRate(double rate);

    // The samples of the frame that was due at `frame`, interleaved stereo.
    void push(std::span<const std::int16_t> samples, std::int64_t frame);

private:
    void resample(std::span<const std::int16_t> samples);
    void emitBlocks();
    std::int64_t end() const;

    double rate_ = 0;
    SoundPacer pacer_;
    base::Owned<GstAudioResampler, gst_audio_resampler_free> resampler_;
    std::vector<std::int16_t> line_; // made, not yet a whole block
    std::int64_t lineStart_ = 0;     // ns
    std::int64_t blocks_ = 0;        // emitted since lineStart_
    bool started_ = false;
};

}
