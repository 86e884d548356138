#include "emulator/core.hpp"

#include "base/failure.hpp"
#include "emulator/services.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace cloudretro::emulator {
namespace {

namespace fs = std::filesystem;

std::string text(const char* fromCore) { return fromCore ? fromCore : ""; }

bool mentions(std::string text, std::initializer_list<const char*> words) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return std::any_of(words.begin(), words.end(), [&](auto word) { return text.find(word) != text.npos; });
}

// The words of a core as the end of a sentence of ours.
std::string because(const std::string& reason) {
    if (reason.empty()) return ".";
    return ": " + reason + (std::ispunct(static_cast<unsigned char>(reason.back())) ? "" : ".");
}

base::Failure refusedGame(const std::string& file, const std::string& core, const Environment& environment) {
    const auto& reason = environment.message().empty() ? lastLoggedError() : environment.message();
    if (environment.wantsGpu())
        return {"broken-core",
            "The emulator " + core + " needs a graphics card, which this server does not offer.",
            "Ask the server's owner to choose an emulator that draws without one."};
    if (mentions(reason, {"bios", "firmware", "system directory"}))
        return {"missing-firmware",
            "The game needs a system file (BIOS) that this server does not have" + because(reason),
            "Ask the server's owner to put that file into the server's system folder."};
    return {"broken-game", core + " cannot run \"" + file + "\"" + because(reason),
        "The file may be damaged or belong to another system: replace it with a good copy."};
}

base::Failure tooLarge(unsigned width, unsigned height) {
    return {"picture-too-large",
        "The game's picture of " + std::to_string(width) + " x " + std::to_string(height) +
            " pixels is too large.",
        "Choose a lower resolution in the core's options: at most " + std::to_string(ipc::maxWidth) + " x " +
            std::to_string(ipc::maxHeight) + " can be shown."};
}

// Cores write there without looking.
void makeDirectory(const std::string& path) {
    std::error_code error;
    if (path.empty() || fs::create_directories(path, error) || !error) return;
    throw base::Failure("no-save-folder",
        "The folder for saved games cannot be made: " + error.message() + ".",
        "Ask the server's owner to look at the data folder's permissions and free space.");
}

}

void makeFolders(const protocol::Load& load) {
    makeDirectory(load.systemDir);
    makeDirectory(load.saveDir);
}

struct Core::Callbacks {
    static bool environment(unsigned command, void* data) noexcept {
        return current_->environment_.answer(command, data);
    }
    static void draw(const void* pixels, unsigned width, unsigned height, std::size_t pitch) noexcept {
        current_->video_.draw(pixels, width, height, pitch);
    }
    static void sample(std::int16_t left, std::int16_t right) noexcept {
        const std::int16_t pair[] = {left, right};
        current_->audio_.write(pair, 1);
    }
    static std::size_t samples(const std::int16_t* data, std::size_t pairs) noexcept {
        current_->audio_.write(data, pairs);
        return pairs;
    }
    static void poll() noexcept { current_->input_.poll(); }
    static std::int16_t state(unsigned port, unsigned device, unsigned index, unsigned id) noexcept {
        return current_->input_.state(port, device, index, id);
    }
};

Core::Core(const protocol::Load& load, Video& video, Audio& audio, Input& input)
    : library_(load.core),
      video_(video),
      audio_(audio),
      input_(input),
      environment_(load, video) {
    current_ = this;
    installed_.emplace([] { current_ = nullptr; });
    library_.setEnvironment(Callbacks::environment);
    library_.init();
    initialized_.emplace(library_.deinit);
    library_.setVideoRefresh(Callbacks::draw);
    library_.setAudioSample(Callbacks::sample);
    library_.setAudioSampleBatch(Callbacks::samples);
    library_.setInputPoll(Callbacks::poll);
    library_.setInputState(Callbacks::state);
    loadGame(load);
    plugInPads();
}

void Core::loadGame(const protocol::Load& load) {
    retro_system_info info{};
    library_.getSystemInfo(&info);
    if (load.file.empty() && !environment_.runsWithoutGame())
        throw base::Failure("missing-game", "No game's file was named.", "Choose a game from the library.");
    content_.emplace(load.file, environment_.wantsPath(extensionOf(load.file), info.need_fullpath));
    environment_.setContent(content_->extended());
    if (!library_.loadGame(content_->info()))
        throw refusedGame(fs::path(load.file).filename(), text(info.library_name), environment_);
    loaded_.emplace(library_.unloadGame);

    retro_system_av_info av{};
    library_.getSystemAvInfo(&av);
    environment_.setAvInfo(av);
    if (av.geometry.base_width > ipc::maxWidth || av.geometry.base_height > ipc::maxHeight)
        throw tooLarge(av.geometry.base_width, av.geometry.base_height);
}

// Some cores (nestopia) ignore a port until they are told what is plugged in.
void Core::plugInPads() {
    for (int port = 0; port < environment_.seats(); ++port)
        library_.setControllerPortDevice(unsigned(port), RETRO_DEVICE_JOYPAD);
}

void Core::run(Run run, bool shown) {
    input_.begin(run);
    audio_.begin(run);
    environment_.begin(run);
    video_.hide(!shown && !video_.repeats());
    environment_.tellFrameTime();
    library_.run();
    if (video_.tooLarge()) throw tooLarge(video_.width(), video_.height());
}

void Core::reset() const { library_.reset(); }

std::span<std::byte> Core::sram() const {
    auto* data = static_cast<std::byte*>(library_.getMemoryData(RETRO_MEMORY_SAVE_RAM));
    return data ? std::span(data, library_.getMemorySize(RETRO_MEMORY_SAVE_RAM)) : std::span<std::byte>();
}

protocol::Loaded Core::describe() const {
    retro_system_info info{};
    library_.getSystemInfo(&info);
    const auto& geometry = environment_.avInfo().geometry;
    const auto now = timing();
    return {.coreName = text(info.library_name),
        .coreVersion = text(info.library_version),
        .width = int(geometry.base_width),
        .height = int(geometry.base_height),
        .aspect = now.aspect,
        .fps = now.fps,
        .sampleRate = now.sampleRate,
        .seats = environment_.seats(),
        .sandbox = {},
        .restored = false};
}

}
