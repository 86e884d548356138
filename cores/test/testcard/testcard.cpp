// A libretro core for testing frontends: what it does is written in its content, a .card file.
// card.hpp lists the keys, picture.hpp says what is on the screen.
//
// Built twice: with FULLPATH it wants the path of its content (.pathcard) instead of the bytes.

#include <libretro.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>

#include "card.hpp"
#include "deeds.hpp"
#include "misbehaviour.hpp"
#include "options.hpp"
#include "picture.hpp"

using namespace testcard;

namespace {

constexpr unsigned ports = 4, longestLag = 60;

// What a snapshot holds.
struct State {
    unsigned frame = 0;
    unsigned held[longestLag + 1] = {}; // A per port: now, one frame ago, ...
    unsigned b = 0;                     // whether B was down
    double phase = 0;                   // of the tone, in turns
    double due = 0;                     // samples, less than one, left over from the last frame
    unsigned runs = 0;                  // frames that were run, of a restless card
};

struct Callbacks {
    retro_environment_t environment;
    retro_video_refresh_t video;
    retro_audio_sample_t sample;
    retro_audio_sample_batch_t batch;
    retro_input_poll_t poll;
    retro_input_state_t input;
} frontend;

Card card;
State state;
Scene scene;
std::vector<Picture> picture; // none or one: made when the format is settled
std::vector<uint8_t> sram;    // byte 0 counts presses of B on port 0

void say(const std::string& text) {
    retro_message message = {text.c_str(), 300};
    frontend.environment(RETRO_ENVIRONMENT_SET_MESSAGE, &message);
    retro_log_callback log = {};
    if (frontend.environment(RETRO_ENVIRONMENT_GET_LOG_INTERFACE, &log) && log.log)
        log.log(RETRO_LOG_INFO, "[testcard] %s\n", text.c_str());
}

bool refuse(const std::string& text) {
    say(text);
    return false;
}

// --- loading ---

std::optional<std::string> contentOf(const retro_game_info* game) {
#ifdef FULLPATH
    if (!game || !game->path) return std::nullopt;
    std::ifstream file(game->path);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
#else
    if (!game || !game->data) return std::nullopt;
    return std::string(static_cast<const char*>(game->data), game->size);
#endif
}

bool setFormat() {
    auto format = card.format == "xrgb8888" ? RETRO_PIXEL_FORMAT_XRGB8888
                  : card.format == "rgb565" ? RETRO_PIXEL_FORMAT_RGB565
                                            : RETRO_PIXEL_FORMAT_0RGB1555;
    if (format == RETRO_PIXEL_FORMAT_0RGB1555)
        return true; // libretro's default, which old cores never announce
    return frontend.environment(RETRO_ENVIRONMENT_SET_PIXEL_FORMAT, &format);
}

Colour ask(unsigned question, const char*& directory) {
    directory = nullptr;
    return frontend.environment(question, &directory) && directory ? Green : Red;
}

bool findBios() {
    const char* directory;
    ask(RETRO_ENVIRONMENT_GET_SYSTEM_DIRECTORY, directory);
    return directory && std::filesystem::exists(std::filesystem::path(directory) / card.bios);
}

void askDirectories() {
    const char* directory;
    scene.answers[3] = ask(RETRO_ENVIRONMENT_GET_SYSTEM_DIRECTORY, directory);
    scene.answers[4] = ask(RETRO_ENVIRONMENT_GET_SAVE_DIRECTORY, directory);
    if (directory) // a core may keep files of its own there
        std::ofstream(std::filesystem::path(directory) / "testcard.txt", std::ios::app) << "loaded\n";
}

void describeInput() {
    std::vector<retro_input_descriptor> descriptors;
    for (unsigned port = 0; port < ports; ++port) {
        auto add = [&](unsigned id, const char* what) {
            descriptors.push_back({port, RETRO_DEVICE_JOYPAD, 0, id, what});
        };
        add(RETRO_DEVICE_ID_JOYPAD_A, "Lamp and tone");
        add(RETRO_DEVICE_ID_JOYPAD_B, "Count into save memory");
        add(RETRO_DEVICE_ID_JOYPAD_SELECT, "Misbehave");
    }
    descriptors.push_back({});
    frontend.environment(RETRO_ENVIRONMENT_SET_INPUT_DESCRIPTORS, descriptors.data());
}

retro_system_av_info avInfo(unsigned width, unsigned height, double fps, unsigned rate) {
    retro_system_av_info info = {};
    info.geometry = {width, height, std::max(card.width, card.newWidth),
        std::max(card.height, card.newHeight), float(card.aspect)};
    info.timing = {fps, double(rate)};
    return info;
}

void resize(unsigned width, unsigned height) {
    picture.clear();
    picture.emplace_back(card.format, width, height, card.padding);
}

// --- running ---

bool pressed(unsigned port, unsigned button) { return frontend.input(port, RETRO_DEVICE_JOYPAD, 0, button); }

void misbehave() {
    auto now = [](unsigned after) { return after && state.frame == after; };
    bool select = pressed(0, RETRO_DEVICE_ID_JOYPAD_SELECT);
    if (now(card.crashAfter) || (select && card.selectCrashes)) crash();
    if (now(card.hangAfter) || (select && card.selectHangs)) hang();
    if (!card.deed.empty() && !card.atLoad && now(5)) scene.answers[0] = attempt(card.deed) ? Red : Green;
    if (now(card.shutdownAfter)) frontend.environment(RETRO_ENVIRONMENT_SHUTDOWN, nullptr);
}

void change() {
    if (!state.frame) return;
    if (state.frame == card.geometryAfter) {
        auto info = avInfo(card.newWidth, card.newHeight, card.fps, card.rate);
        frontend.environment(RETRO_ENVIRONMENT_SET_GEOMETRY, &info.geometry);
        resize(card.newWidth, card.newHeight);
    }
    if (state.frame == card.avAfter) {
        card.fps = card.newFps;
        card.rate = card.newRate;
        auto info = avInfo(card.newWidth, card.newHeight, card.fps, card.rate);
        frontend.environment(RETRO_ENVIRONMENT_SET_SYSTEM_AV_INFO, &info);
        resize(card.newWidth, card.newHeight);
    }
}

void readPads() {
    std::copy_backward(state.held, state.held + longestLag, state.held + longestLag + 1);
    state.held[0] = 0;
    for (unsigned port = 0; port < ports; ++port)
        if (pressed(port, RETRO_DEVICE_ID_JOYPAD_A)) state.held[0] |= 1u << port;

    bool b = pressed(0, RETRO_DEVICE_ID_JOYPAD_B);
    if (b && !state.b && !sram.empty()) ++sram[0];
    state.b = b;
}

void readOptionsAgain() {
    bool changed = false;
    if (state.frame && !(frontend.environment(RETRO_ENVIRONMENT_GET_VARIABLE_UPDATE, &changed) && changed))
        return;
    auto colours = readOptions(frontend.environment);
    std::copy(colours.begin(), colours.end(), scene.answers.begin());
}

void show() {
    scene.frame = state.frame;
    scene.held = state.held[std::min(card.lag, longestLag)];
    scene.count = sram.empty() ? 0 : sram[0];
    Picture& p = picture.front();
    p.paint(scene);
    if (!card.video) return;
    bool same = card.duplicate && state.frame % card.duplicate == card.duplicate - 1;
    frontend.video(same ? nullptr : p.data(), p.width(), p.height(), same ? 0 : p.pitch());
}

int16_t nextSample(bool audible) {
    state.phase = std::fmod(state.phase + card.tone / card.rate, 1.0);
    return audible ? int16_t(8000 * std::sin(2 * std::numbers::pi * state.phase)) : 0;
}

void sound() {
    if (card.audio == "none") return;
    state.due += card.rate / card.fps;
    const bool audible = card.always || state.held[0];
    std::vector<int16_t> samples;
    for (; state.due >= 1; state.due -= 1) samples.insert(samples.end(), 2, nextSample(audible));

    if (card.audio == "batch")
        frontend.batch(samples.data(), samples.size() / 2);
    else
        for (size_t n = 0; n < samples.size(); n += 2) frontend.sample(samples[n], samples[n + 1]);
}

} // namespace

// --- libretro ---

extern "C" {

RETRO_API unsigned retro_api_version() { return RETRO_API_VERSION; }
RETRO_API void retro_set_environment(retro_environment_t f) { frontend.environment = f; }
RETRO_API void retro_set_video_refresh(retro_video_refresh_t f) { frontend.video = f; }
RETRO_API void retro_set_audio_sample(retro_audio_sample_t f) { frontend.sample = f; }
RETRO_API void retro_set_audio_sample_batch(retro_audio_sample_batch_t f) { frontend.batch = f; }
RETRO_API void retro_set_input_poll(retro_input_poll_t f) { frontend.poll = f; }
RETRO_API void retro_set_input_state(retro_input_state_t f) { frontend.input = f; }
RETRO_API void retro_set_controller_port_device(unsigned, unsigned) {}
RETRO_API void retro_init() {}
RETRO_API void retro_deinit() {}
RETRO_API void retro_cheat_reset() {}
RETRO_API void retro_cheat_set(unsigned, bool, const char*) {}
RETRO_API bool retro_load_game_special(unsigned, const retro_game_info*, size_t) { return false; }
RETRO_API unsigned retro_get_region() { return card.fps < 55 ? RETRO_REGION_PAL : RETRO_REGION_NTSC; }

RETRO_API void retro_get_system_info(retro_system_info* info) {
#ifdef FULLPATH
    *info = {"Testcard (full path)", "1", "pathcard", true, false};
#else
    *info = {"Testcard", "1", "card", false, false};
#endif
}

RETRO_API void retro_get_system_av_info(retro_system_av_info* info) {
    *info = avInfo(card.width, card.height, card.fps, card.rate);
}

RETRO_API bool retro_load_game(const retro_game_info* game) {
    auto text = contentOf(game);
    if (!text) return refuse("The test card was given no content.");
    std::string error;
    auto parsed = parse(*text, error);
    if (!parsed) return refuse(error);
    card = *parsed;
    if (!card.loads) return refuse(card.message.empty() ? "This card refuses to load." : card.message);
    if (card.atLoad && attempt(card.deed)) return refuse("It got out of its sandbox.");
    if (!card.bios.empty() && !findBios())
        return refuse("The file " + card.bios + " is missing from the system directory.");
    if (!setFormat()) return refuse("The frontend refuses the pixel format " + card.format + ".");
    if (card.rotation) frontend.environment(RETRO_ENVIRONMENT_SET_ROTATION, &card.rotation);
    if (!card.message.empty()) say(card.message);

    state = {};
    scene = {};
    sram.assign(card.sram, 0);
    resize(card.width, card.height);
    describeInput();
    announceOptions(frontend.environment, card.options);
    if (card.directories) askDirectories();
    return true;
}

RETRO_API void retro_unload_game() { picture.clear(); }
RETRO_API void retro_reset() { state = {}; }

RETRO_API void retro_run() {
    frontend.poll();
    misbehave();
    change();
    readPads();
    readOptionsAgain();
    waste(std::chrono::milliseconds(card.slow));
    show();
    sound();
    ++state.frame;
    static unsigned runs = 0;
    if (card.restless) state.runs = ++runs;
}

RETRO_API size_t retro_serialize_size() { return card.states ? sizeof state : 0; }

RETRO_API bool retro_serialize(void* data, size_t size) {
    if (!card.states || size < sizeof state) return false;
    std::memcpy(data, &state, sizeof state);
    return true;
}

RETRO_API bool retro_unserialize(const void* data, size_t size) {
    if (!card.states || size < sizeof state) return false;
    std::memcpy(&state, data, sizeof state);
    return true;
}

RETRO_API void* retro_get_memory_data(unsigned id) {
    return id == RETRO_MEMORY_SAVE_RAM && !sram.empty() ? sram.data() : nullptr;
}

RETRO_API size_t retro_get_memory_size(unsigned id) { return id == RETRO_MEMORY_SAVE_RAM ? sram.size() : 0; }
}
