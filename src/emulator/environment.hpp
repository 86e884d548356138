#pragma once
// Answers a core's questions to its frontend (retro_environment_t), and keeps what it says about itself.
#include "cloudretro/protocol.hpp"
#include "emulator/options.hpp"
#include "emulator/run.hpp"
#include "emulator/video.hpp"

#include <libretro.h>

#include <set>
#include <string>
#include <vector>

namespace cloudretro::emulator {

// `video` must outlive it. Pointers that it hands out stay valid as long as it lives.
class Environment {
public:
    Environment(const protocol::Load& load, Video& video);

    // One question. False: not known, or refused.
    bool answer(unsigned command, void* data);

    // What the core said.
    const retro_system_av_info& avInfo() const { return avInfo_; }
    void setAvInfo(const retro_system_av_info& info) { avInfo_ = info; }
    protocol::TimingChanged
    timing() const;    // from avInfo(); what no console has is replaced by what most have
    int seats() const; // controller ports that it uses; 2 when it does not say
    bool wantsPath(const std::string& extension, bool byDefault) const; // of files with this extension
    bool runsWithoutGame() const { return runsWithoutGame_; }
    bool wantsGpu() const { return wantsGpu_; } // it asked for OpenGL or Vulkan, and was refused
    bool wantsShutdown() const { return wantsShutdown_; }
    const std::string& message() const { return message_; } // the last that it showed

    void begin(Run run) { run_ = run; }                                         // a frame
    void setContent(const retro_game_info_ext* content) { content_ = content; } // while it loads
    void tellFrameTime() const; // before each frame, to a core that asked for it

private:
    bool setRotation(unsigned quarters);
    bool setPixelFormat(retro_pixel_format format);
    bool setGeometry(const retro_game_geometry& geometry);
    bool setSystemAvInfo(const retro_system_av_info& info);
    bool setInputDescriptors(const retro_input_descriptor* descriptors);
    bool setControllerInfo(const retro_controller_info* ports);
    bool setContentInfoOverride(const retro_system_content_info_override* overrides);
    bool setVariable(const retro_variable* variable);
    bool getVariable(retro_variable& variable) const;
    bool keepMessage(const char* text);
    bool shutDown();
    bool getAudioVideoEnable(void* data) const;
    bool getGameInfoExt(const retro_game_info_ext** content) const;
    bool refuseGpu();
    bool refuseUnknown(unsigned command);
    template <class Options> bool declare(const Options* options);

    struct PathOverride {
        std::string extensions; // "|nes|fds|"
        bool wantsPath;
    };

    Video& video_;
    const std::string corePath_, systemDir_, saveDir_;
    Options options_;
    retro_system_av_info avInfo_{};
    retro_frame_time_callback frameTime_{};
    int describedSeats_ = 0, controllerSeats_ = 0; // 0: not said
    bool runsWithoutGame_ = false, wantsGpu_ = false, wantsShutdown_ = false;
    Run run_ = Run::Fresh;
    std::string message_;
    const retro_game_info_ext* content_ = nullptr;
    std::vector<PathOverride> pathOverrides_;
    std::set<unsigned> unknown_; // commands already logged
};

}
