#pragma once
// The tables of functions that a core may ask of its frontend.
#include <libretro.h>

#include <string>

namespace cloudretro::emulator {

retro_log_callback logService();        // into our log
retro_perf_callback perfService();      // clocks and counters; its report goes to the log
retro_rumble_interface rumbleService(); // says that no motor turned

// The last line that the core logged as an error on this thread: what explains a failed load best, when the
// core shows no message.
const std::string& lastLoggedError();

}
