// The demo core as libretro sees it: its buttons, picture, samples and memory.

#include <libretro.h>

#include <cstring>
#include <memory>
#include <string>

#include "arena.hpp"
#include "game.hpp"
#include "scene.hpp"
#include "sound.hpp"

using namespace demo;

namespace {

struct Frontend {
    retro_environment_t environment;
    retro_video_refresh_t video;
    retro_audio_sample_batch_t audio;
    retro_input_poll_t poll;
    retro_input_state_t input;
} frontend;

// What is kept when the machine is switched off.
struct BatterySave {
    char magic[4];
    int32_t best, rounds, reserved;
} battery;

constexpr char batteryMagic[4] = {'S', 'T', 'A', 'R'};

struct Session {
    Arena arena;
    Game game;
    Sound sound;
    Scene scene;

    explicit Session(const Arena& a) : arena(a), scene(a) { begin(game, arena); }
};
std::unique_ptr<Session> session;

struct Snapshot {
    char magic[8];
    uint32_t size, arena;
    Game game;
    Sound sound;
};

constexpr char snapshotMagic[8] = "comets1";

// A snapshot of one arena makes no sense in another.
uint32_t fingerprint(const Arena& arena) {
    uint32_t sum = 2166136261u;
    auto add = [&sum](const void* data, size_t size) {
        for (size_t n = 0; n < size; ++n) sum = (sum ^ static_cast<const uint8_t*>(data)[n]) * 16777619u;
    };
    add(arena.name.data(), arena.name.size());
    add(&arena.width, sizeof arena.width);
    add(&arena.height, sizeof arena.height);
    for (const Planet& planet : arena.planets) add(&planet.at, sizeof planet.at);
    return sum;
}

void complain(const std::string& text) {
    retro_log_callback log = {};
    if (frontend.environment(RETRO_ENVIRONMENT_GET_LOG_INTERFACE, &log) && log.log)
        log.log(RETRO_LOG_ERROR, "[cloudretro demo] %s\n", text.c_str());
    retro_message message = {text.c_str(), 5 * framesPerSecond};
    frontend.environment(RETRO_ENVIRONMENT_SET_MESSAGE, &message);
}

struct Mapping {
    unsigned id;
    Button button;
    const char* description;
};

constexpr Mapping mappings[] = {
    {RETRO_DEVICE_ID_JOYPAD_UP, Up, "Up"},
    {RETRO_DEVICE_ID_JOYPAD_DOWN, Down, "Down"},
    {RETRO_DEVICE_ID_JOYPAD_LEFT, Left, "Left"},
    {RETRO_DEVICE_ID_JOYPAD_RIGHT, Right, "Right"},
    {RETRO_DEVICE_ID_JOYPAD_A, Dash, "Dash"},
    {RETRO_DEVICE_ID_JOYPAD_B, Dash, "Dash"},
    {RETRO_DEVICE_ID_JOYPAD_START, Start, "Start a round"},
};

void describeInput() {
    std::vector<retro_input_descriptor> descriptors;
    for (unsigned seat = 0; seat < unsigned(seats); ++seat)
        for (const Mapping& mapping : mappings)
            descriptors.push_back({seat, RETRO_DEVICE_JOYPAD, 0, mapping.id, mapping.description});
    descriptors.push_back({});
    frontend.environment(RETRO_ENVIRONMENT_SET_INPUT_DESCRIPTORS, descriptors.data());
}

void describeControllers() {
    static const retro_controller_description pad = {"Gamepad", RETRO_DEVICE_JOYPAD};
    static const retro_controller_info ports[seats + 1] = {{&pad, 1}, {&pad, 1}, {&pad, 1}, {&pad, 1}, {}};
    frontend.environment(RETRO_ENVIRONMENT_SET_CONTROLLER_INFO, const_cast<retro_controller_info*>(ports));
}

Pads readPads() {
    frontend.poll();
    Pads pads{};
    for (unsigned seat = 0; seat < pads.size(); ++seat)
        for (const Mapping& mapping : mappings)
            if (frontend.input(seat, RETRO_DEVICE_JOYPAD, 0, mapping.id)) pads[seat] |= mapping.button;
    return pads;
}

// The frontend may fill the battery's memory at any time between loading and the first frame.
void readBattery(Game& game) {
    if (std::memcmp(battery.magic, batteryMagic, sizeof batteryMagic)) battery = {};
    game.best = std::max(game.best, battery.best);
}

void writeBattery(const Game& game) {
    std::memcpy(battery.magic, batteryMagic, sizeof batteryMagic);
    battery.best = game.best;
    if (game.events & Ended) ++battery.rounds;
}

} // namespace

extern "C" {

RETRO_API unsigned retro_api_version() { return RETRO_API_VERSION; }
RETRO_API void retro_set_video_refresh(retro_video_refresh_t f) { frontend.video = f; }
RETRO_API void retro_set_audio_sample(retro_audio_sample_t) {}
RETRO_API void retro_set_audio_sample_batch(retro_audio_sample_batch_t f) { frontend.audio = f; }
RETRO_API void retro_set_input_poll(retro_input_poll_t f) { frontend.poll = f; }
RETRO_API void retro_set_input_state(retro_input_state_t f) { frontend.input = f; }
RETRO_API void retro_set_controller_port_device(unsigned, unsigned) {}
RETRO_API void retro_init() {}
RETRO_API void retro_deinit() { session.reset(); }
RETRO_API unsigned retro_get_region() { return RETRO_REGION_NTSC; }
RETRO_API void retro_cheat_reset() {}
RETRO_API void retro_cheat_set(unsigned, bool, const char*) {}
RETRO_API bool retro_load_game_special(unsigned, const retro_game_info*, size_t) { return false; }

RETRO_API void retro_set_environment(retro_environment_t f) {
    frontend.environment = f;
    describeControllers();
}

RETRO_API void retro_get_system_info(retro_system_info* info) {
    *info = {"Cloudretro Demo", "1.0", "arena", false, false};
}

RETRO_API void retro_get_system_av_info(retro_system_av_info* info) {
    const auto width = unsigned(session->arena.width), height = unsigned(session->arena.height);
    *info = {{width, height, width, height, float(width) / height}, {framesPerSecond, sampleRate}};
}

RETRO_API bool retro_load_game(const retro_game_info* content) {
    if (!content || !content->data) return complain("The demo was given no arena."), false;
    std::string error;
    auto arena = parseArena({static_cast<const char*>(content->data), content->size}, error);
    if (!arena) return complain(error), false;

    auto format = RETRO_PIXEL_FORMAT_XRGB8888;
    if (!frontend.environment(RETRO_ENVIRONMENT_SET_PIXEL_FORMAT, &format))
        return complain("The demo needs a frontend that shows XRGB8888."), false;
    battery = {};
    session = std::make_unique<Session>(*arena);
    describeInput();
    return true;
}

RETRO_API void retro_unload_game() { session.reset(); }

RETRO_API void retro_reset() {
    session->game = {};
    session->sound = {};
    begin(session->game, session->arena);
}

RETRO_API void retro_run() {
    auto& [arena, game, sound, scene] = *session;
    readBattery(game);
    step(game, arena, readPads());
    writeBattery(game);

    const Canvas& picture = scene.draw(game);
    frontend.video(picture.data(), unsigned(picture.width()), unsigned(picture.height()),
        picture.width() * sizeof(Colour));

    std::array<int16_t, samplesPerFrame * 2> samples;
    listen(sound, game, finale(game, arena));
    render(sound, samples);
    frontend.audio(samples.data(), samplesPerFrame);
}

RETRO_API size_t retro_serialize_size() { return sizeof(Snapshot); }

RETRO_API bool retro_serialize(void* data, size_t size) {
    if (!session || size < sizeof(Snapshot)) return false;
    Snapshot snapshot = {{}, sizeof(Snapshot), fingerprint(session->arena), session->game, session->sound};
    std::memcpy(snapshot.magic, snapshotMagic, sizeof snapshotMagic);
    std::memcpy(data, &snapshot, sizeof snapshot);
    return true;
}

RETRO_API bool retro_unserialize(const void* data, size_t size) {
    if (!session || size < sizeof(Snapshot)) return false;
    Snapshot snapshot;
    std::memcpy(&snapshot, data, sizeof snapshot);
    if (std::memcmp(snapshot.magic, snapshotMagic, sizeof snapshotMagic) ||
        snapshot.size != sizeof(Snapshot) || snapshot.arena != fingerprint(session->arena))
        return complain("This snapshot is of another arena or another version."), false;
    session->game = snapshot.game;
    session->sound = snapshot.sound;
    return true;
}

RETRO_API void* retro_get_memory_data(unsigned id) {
    return id == RETRO_MEMORY_SAVE_RAM ? &battery : nullptr;
}
RETRO_API size_t retro_get_memory_size(unsigned id) {
    return id == RETRO_MEMORY_SAVE_RAM ? sizeof battery : 0;
}
}
