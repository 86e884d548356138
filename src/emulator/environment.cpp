#include "emulator/environment.hpp"

#include "base/log.hpp"
#include "emulator/services.hpp"

#include <algorithm>

namespace cloudretro::emulator {
namespace {

template <class T> const T& in(const void* data) { return *static_cast<const T*>(data); }
template <class T> const T* arrayIn(const void* data) { return static_cast<const T*>(data); }

// Cores pass no `data` when they only ask whether a command is known.
template <class T> bool give(void* data, T value) {
    if (data) *static_cast<T*>(data) = value;
    return true;
}

bool giveDirectory(void* data, const std::string& directory) {
    return !directory.empty() && give(data, directory.c_str());
}

// "|nes|fds|": so that a whole extension is found in a list of them.
std::string fence(std::string_view extensions) { return std::string("|").append(extensions).append("|"); }

double plausible(double value, double least, double most, double otherwise) {
    return value >= least && value <= most ? value : otherwise; // also when it is not a number
}

constexpr bool accepted = true, refused = false;

}

Environment::Environment(const protocol::Load& load, Video& video)
    : video_(video),
      corePath_(load.core),
      systemDir_(load.systemDir),
      saveDir_(load.saveDir),
      options_(load.options) {}

bool Environment::answer(unsigned command, void* data) {
    switch (command) {
    case RETRO_ENVIRONMENT_SET_ROTATION:
        return setRotation(in<unsigned>(data));
    case RETRO_ENVIRONMENT_GET_OVERSCAN:
        return give(data, false);
    case RETRO_ENVIRONMENT_GET_CAN_DUPE:
        return give(data, true);
    case RETRO_ENVIRONMENT_SET_MESSAGE:
        return keepMessage(in<retro_message>(data).msg);
    case RETRO_ENVIRONMENT_GET_MESSAGE_INTERFACE_VERSION:
        return give(data, 1u);
    case RETRO_ENVIRONMENT_SET_MESSAGE_EXT:
        return keepMessage(in<retro_message_ext>(data).msg);
    case RETRO_ENVIRONMENT_SHUTDOWN:
        return shutDown();

    case RETRO_ENVIRONMENT_SET_PIXEL_FORMAT:
        return setPixelFormat(in<retro_pixel_format>(data));
    case RETRO_ENVIRONMENT_SET_GEOMETRY:
        return setGeometry(in<retro_game_geometry>(data));
    case RETRO_ENVIRONMENT_SET_SYSTEM_AV_INFO:
        return setSystemAvInfo(in<retro_system_av_info>(data));
    case RETRO_ENVIRONMENT_GET_TARGET_REFRESH_RATE:
        return give(data, float(timing().fps));
    case RETRO_ENVIRONMENT_GET_AUDIO_VIDEO_ENABLE:
        return getAudioVideoEnable(data);
    case RETRO_ENVIRONMENT_GET_FASTFORWARDING:
        return give(data, false);
    case RETRO_ENVIRONMENT_SET_FRAME_TIME_CALLBACK:
        return give(&frameTime_, in<retro_frame_time_callback>(data));
    case RETRO_ENVIRONMENT_SET_HW_RENDER:
        return refuseGpu();

    case RETRO_ENVIRONMENT_GET_SYSTEM_DIRECTORY:
    case RETRO_ENVIRONMENT_GET_CORE_ASSETS_DIRECTORY:
        return giveDirectory(data, systemDir_);
    case RETRO_ENVIRONMENT_GET_SAVE_DIRECTORY:
        return giveDirectory(data, saveDir_);
    case RETRO_ENVIRONMENT_GET_LIBRETRO_PATH:
        return give(data, corePath_.c_str());
    case RETRO_ENVIRONMENT_SET_SUPPORT_NO_GAME:
        return give(&runsWithoutGame_, in<bool>(data));
    case RETRO_ENVIRONMENT_SET_CONTENT_INFO_OVERRIDE:
        return setContentInfoOverride(arrayIn<retro_system_content_info_override>(data));
    case RETRO_ENVIRONMENT_GET_GAME_INFO_EXT:
        return getGameInfoExt(static_cast<const retro_game_info_ext**>(data));
    case RETRO_ENVIRONMENT_GET_SAVESTATE_CONTEXT:
        return give(data, int(RETRO_SAVESTATE_CONTEXT_NORMAL));
    case RETRO_ENVIRONMENT_SET_SERIALIZATION_QUIRKS:
    case RETRO_ENVIRONMENT_SET_MEMORY_MAPS:
    case RETRO_ENVIRONMENT_SET_SUPPORT_ACHIEVEMENTS:
    case RETRO_ENVIRONMENT_SET_PERFORMANCE_LEVEL:
        return accepted;

    case RETRO_ENVIRONMENT_GET_CORE_OPTIONS_VERSION:
        return give(data, 2u);
    case RETRO_ENVIRONMENT_SET_VARIABLES:
        return declare(arrayIn<retro_variable>(data));
    case RETRO_ENVIRONMENT_SET_CORE_OPTIONS:
        return declare(arrayIn<retro_core_option_definition>(data));
    case RETRO_ENVIRONMENT_SET_CORE_OPTIONS_INTL:
        return declare(in<retro_core_options_intl>(data).us);
    case RETRO_ENVIRONMENT_SET_CORE_OPTIONS_V2:
        return declare(in<retro_core_options_v2>(data).definitions);
    case RETRO_ENVIRONMENT_SET_CORE_OPTIONS_V2_INTL:
        return declare(in<retro_core_options_v2_intl>(data).us->definitions);
    case RETRO_ENVIRONMENT_SET_CORE_OPTIONS_DISPLAY:
    case RETRO_ENVIRONMENT_SET_CORE_OPTIONS_UPDATE_DISPLAY_CALLBACK:
        return accepted;
    case RETRO_ENVIRONMENT_GET_VARIABLE:
        return getVariable(*static_cast<retro_variable*>(data));
    case RETRO_ENVIRONMENT_SET_VARIABLE:
        return setVariable(arrayIn<retro_variable>(data));
    case RETRO_ENVIRONMENT_GET_VARIABLE_UPDATE:
        return give(data, options_.takeChanged());

    case RETRO_ENVIRONMENT_SET_INPUT_DESCRIPTORS:
        return setInputDescriptors(arrayIn<retro_input_descriptor>(data));
    case RETRO_ENVIRONMENT_SET_CONTROLLER_INFO:
        return setControllerInfo(arrayIn<retro_controller_info>(data));
    case RETRO_ENVIRONMENT_GET_INPUT_BITMASKS:
        return give(data, true);
    case RETRO_ENVIRONMENT_GET_INPUT_MAX_USERS:
        return give(data, maxSeats);
    case RETRO_ENVIRONMENT_GET_INPUT_DEVICE_CAPABILITIES:
        return give(data, std::uint64_t(1 << RETRO_DEVICE_JOYPAD | 1 << RETRO_DEVICE_ANALOG));

    case RETRO_ENVIRONMENT_GET_LOG_INTERFACE:
        return give(data, logService());
    case RETRO_ENVIRONMENT_GET_PERF_INTERFACE:
        return give(data, perfService());
    case RETRO_ENVIRONMENT_GET_RUMBLE_INTERFACE:
        return give(data, rumbleService());
    case RETRO_ENVIRONMENT_GET_USERNAME:
        return give(data, "Player");
    case RETRO_ENVIRONMENT_GET_LANGUAGE:
        return give(data, unsigned(RETRO_LANGUAGE_ENGLISH));

    // Known, and not ours to do: discs are not changed, samples come with frames, files are the system's.
    case RETRO_ENVIRONMENT_SET_DISK_CONTROL_INTERFACE:
    case RETRO_ENVIRONMENT_GET_DISK_CONTROL_INTERFACE_VERSION:
    case RETRO_ENVIRONMENT_SET_DISK_CONTROL_EXT_INTERFACE:
    case RETRO_ENVIRONMENT_SET_AUDIO_CALLBACK:
    case RETRO_ENVIRONMENT_SET_KEYBOARD_CALLBACK:
    case RETRO_ENVIRONMENT_GET_VFS_INTERFACE:
        return refused;
    default:
        return refuseUnknown(command);
    }
}

protocol::TimingChanged Environment::timing() const {
    const auto& [geometry, timing] = avInfo_;
    const double square = geometry.base_height ? double(geometry.base_width) / geometry.base_height : 4.0 / 3;
    return {.aspect = plausible(geometry.aspect_ratio, 0.01, 100, square),
        .fps = plausible(timing.fps, 1, 1000, 60),
        .sampleRate = plausible(timing.sample_rate, 1000, 1e6, 48000)};
}

int Environment::seats() const {
    const int said = describedSeats_ ? describedSeats_ : controllerSeats_ ? controllerSeats_ : 2;
    return std::min(said, int(maxSeats));
}

bool Environment::wantsPath(const std::string& extension, bool byDefault) const {
    for (const auto& override : pathOverrides_)
        if (override.extensions.find(fence(extension)) != std::string::npos) return override.wantsPath;
    return byDefault;
}

void Environment::tellFrameTime() const {
    if (frameTime_.callback) frameTime_.callback(frameTime_.reference);
}

bool Environment::setRotation(unsigned quarters) {
    video_.setRotation(quarters);
    return accepted;
}

bool Environment::setPixelFormat(retro_pixel_format format) {
    if (format < RETRO_PIXEL_FORMAT_0RGB1555 || format > RETRO_PIXEL_FORMAT_RGB565) return refused;
    video_.setFormat(PixelFormat(format));
    return accepted;
}

bool Environment::setGeometry(const retro_game_geometry& geometry) {
    avInfo_.geometry = geometry;
    return accepted;
}

bool Environment::setSystemAvInfo(const retro_system_av_info& info) {
    avInfo_ = info;
    return accepted;
}

bool Environment::setInputDescriptors(const retro_input_descriptor* descriptors) {
    describedSeats_ = 0;
    for (; descriptors && descriptors->description; ++descriptors)
        if (descriptors->port < maxSeats)
            describedSeats_ = std::max(describedSeats_, int(descriptors->port) + 1);
    return accepted;
}

bool Environment::setControllerInfo(const retro_controller_info* ports) {
    controllerSeats_ = 0;
    for (; ports && ports->types; ++ports) ++controllerSeats_;
    return accepted;
}

bool Environment::setContentInfoOverride(const retro_system_content_info_override* overrides) {
    for (; overrides && overrides->extensions; ++overrides)
        pathOverrides_.push_back({fence(overrides->extensions), overrides->need_fullpath});
    return accepted;
}

template <class Options> bool Environment::declare(const Options* options) {
    options_.declare(options);
    return accepted;
}

bool Environment::setVariable(const retro_variable* variable) {
    return !variable || (variable->key && variable->value && options_.set(variable->key, variable->value));
}

bool Environment::getVariable(retro_variable& variable) const {
    variable.value = options_.get(variable.key);
    return variable.value != nullptr;
}

bool Environment::keepMessage(const char* text) {
    message_ = text ? text : "";
    base::logInfo(message_, "core");
    return accepted;
}

bool Environment::getGameInfoExt(const retro_game_info_ext** content) const {
    return content_ && give(content, content_);
}

// It comes again if the frame comes about.
bool Environment::shutDown() {
    wantsShutdown_ = wantsShutdown_ || run_ != Run::Ahead;
    return accepted;
}

// Sound that an earlier run handed over is wanted nevertheless: the next goes on from its end.
bool Environment::getAudioVideoEnable(void* data) const {
    const int video = video_.isHidden() ? 0 : 1;
    const int audio = run_ == Run::Ahead ? 0 : 2;
    return give(data, video | audio);
}

bool Environment::refuseGpu() {
    wantsGpu_ = true;
    return refused;
}

bool Environment::refuseUnknown(unsigned command) {
    if (unknown_.insert(command).second)
        base::logDebug(
            "the core asks for environment command " + std::to_string(command) + ", which is not known");
    return refused;
}

}
