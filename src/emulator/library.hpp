#pragma once
// A core's shared library and the functions in it.
#include <libretro.h>

#include <string>

namespace cloudretro::emulator {

class Library {
public:
    // Throws Failure: "missing-core" when there is no such file, "broken-core" when it is no libretro core.
    explicit Library(const std::string& path);

    // Those of libretro.h, without their "retro_".
    decltype(&retro_set_environment) setEnvironment;
    decltype(&retro_set_video_refresh) setVideoRefresh;
    decltype(&retro_set_audio_sample) setAudioSample;
    decltype(&retro_set_audio_sample_batch) setAudioSampleBatch;
    decltype(&retro_set_input_poll) setInputPoll;
    decltype(&retro_set_input_state) setInputState;
    decltype(&retro_init) init;
    decltype(&retro_deinit) deinit;
    decltype(&retro_get_system_info) getSystemInfo;
    decltype(&retro_get_system_av_info) getSystemAvInfo;
    decltype(&retro_set_controller_port_device) setControllerPortDevice;
    decltype(&retro_reset) reset;
    decltype(&retro_run) run;
    decltype(&retro_load_game) loadGame;
    decltype(&retro_unload_game) unloadGame;
    decltype(&retro_serialize_size) serializeSize;
    decltype(&retro_serialize) serialize;
    decltype(&retro_unserialize) unserialize;
    decltype(&retro_get_memory_data) getMemoryData;
    decltype(&retro_get_memory_size) getMemorySize;

private:
    template <class Function> void find(Function& into, const char* name);

    std::string path_;
    void* handle_ =
        nullptr; // never closed: threads and exit handlers of a core may outlive it, and we end with it
};

}
