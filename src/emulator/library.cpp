#include "emulator/library.hpp"

#include "base/failure.hpp"

#include <dlfcn.h>

#include <filesystem>

namespace cloudretro::emulator {
namespace {

std::string fileName(const std::string& path) { return std::filesystem::path(path).filename(); }

base::Failure missing(const std::string& path) {
    const auto file = fileName(path);
    return {"missing-core", "The emulator for this game, " + file + ", is not installed on this server.",
        "Ask the server's owner to install the package that provides " + file + "."};
}

base::Failure broken(const std::string& path, const std::string& cause) {
    const auto file = fileName(path);
    return {"broken-core", "The emulator for this game, " + file + ", cannot be used: " + cause + ".",
        "Ask the server's owner to install " + file + " again, in a version for this system."};
}

}

Library::Library(const std::string& path) : path_(path) {
    if (std::error_code none; !std::filesystem::exists(path, none)) throw missing(path);
    handle_ = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle_) throw broken(path, ::dlerror());
    decltype(&retro_api_version) apiVersion = nullptr;
    find(apiVersion, "retro_api_version");
    if (apiVersion() != RETRO_API_VERSION) throw broken(path, "it is made for another version of libretro");
    find(setEnvironment, "retro_set_environment");
    find(setVideoRefresh, "retro_set_video_refresh");
    find(setAudioSample, "retro_set_audio_sample");
    find(setAudioSampleBatch, "retro_set_audio_sample_batch");
    find(setInputPoll, "retro_set_input_poll");
    find(setInputState, "retro_set_input_state");
    find(init, "retro_init");
    find(deinit, "retro_deinit");
    find(getSystemInfo, "retro_get_system_info");
    find(getSystemAvInfo, "retro_get_system_av_info");
    find(setControllerPortDevice, "retro_set_controller_port_device");
    find(reset, "retro_reset");
    find(run, "retro_run");
    find(loadGame, "retro_load_game");
    find(unloadGame, "retro_unload_game");
    find(serializeSize, "retro_serialize_size");
    find(serialize, "retro_serialize");
    find(unserialize, "retro_unserialize");
    find(getMemoryData, "retro_get_memory_data");
    find(getMemorySize, "retro_get_memory_size");
}

template <class Function> void Library::find(Function& into, const char* name) {
    into = reinterpret_cast<Function>(::dlsym(handle_, name));
    if (!into) throw broken(path_, std::string("it lacks the function ") + name);
}

}
