#include "room/sound_pacer.hpp"

#include <algorithm>

namespace cloudretro::room {

std::optional<double> SoundPacer::stretch(std::int64_t frame, std::int64_t end) {
    const auto error = double(frame + lead - end); // positive: too few samples
    if (error > lostAt || error < -lostAt) {
        error_ = 0;
        return std::nullopt;
    }
    constexpr double smoothing = 1.0 / 32; // half a second at 60 Hz: a core's frames differ by some samples
    error_ += smoothing * (error - error_);
    constexpr double wholeRange = 20'000'000; // ns of error that call for the full 0.5 %
    return 1 + most * std::clamp(error_ / wholeRange, -1.0, 1.0);
}

}
