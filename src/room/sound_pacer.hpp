#pragma once
// Keeps a room's sound in step with its pictures, without a click.
#include <cstdint>
#include <optional>

namespace cloudretro::room {

// Sound is sent as an unbroken line of samples at 48 kHz; a core makes roughly as many as its clock says.
// This decides how much to stretch them so that the line's end stays `lead` ahead of the picture's time.
// Pure.
class SoundPacer {
public:
    static constexpr int rate = 48000;                 // Hz, Opus's own
    static constexpr std::int64_t lead = 15'000'000;   // ns: the samples of a 60 Hz frame are 16.7 ms
    static constexpr std::int64_t lostAt = 40'000'000; // ns: opusenc's tolerance; beyond it, start anew
    static constexpr double most = 0.005;              // 0.5 % of pitch: RetroArch's limit, nobody hears it

    // After the samples of the frame due at `frame` (ns) were appended to a line that now ends at `end` (ns).
    // Gives the factor (1 ± most) on the number of samples to make of the next ones; nullopt: line and
    // picture have lost each other (pause, hang), continue the line at restart().
    std::optional<double> stretch(std::int64_t frame, std::int64_t end);

    static std::int64_t restart(std::int64_t frame) { return frame + lead; }

private:
    double error_ = 0; // smoothed, ns
};

}
