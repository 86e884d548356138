#include "emulator/environment.hpp"

#include "memory.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <string>

using namespace cloudretro;
using emulator::Environment;

namespace {

struct Frontend : test::Memory {
    explicit Frontend(const protocol::Load& load = {.core = "/a/core.so",
                          .file = "/a/game.nes",
                          .systemDir = "/a/system",
                          .saveDir = "/a/saves",
                          .options = {}})
        : environment(load, video) {}

    template <class T> bool answer(unsigned command, T& data) {
        return environment.answer(command, const_cast<std::remove_const_t<T>*>(&data));
    }
    bool answer(unsigned command) { return environment.answer(command, nullptr); }
    std::string text(unsigned command) {
        const char* value = nullptr;
        return answer(command, value) && value ? value : "(none)";
    }

    emulator::Video video{shared, base::Fd()};
    Environment environment;
};

}

TEST_CASE("a core is told where its files are") {
    Frontend frontend;
    CHECK(frontend.text(RETRO_ENVIRONMENT_GET_SYSTEM_DIRECTORY) == "/a/system");
    CHECK(frontend.text(RETRO_ENVIRONMENT_GET_SAVE_DIRECTORY) == "/a/saves");
    CHECK(frontend.text(RETRO_ENVIRONMENT_GET_LIBRETRO_PATH) == "/a/core.so");
    CHECK(Frontend(protocol::Load{}).text(RETRO_ENVIRONMENT_GET_SAVE_DIRECTORY) == "(none)");
}

TEST_CASE("a core that does not say how many play has two seats") {
    CHECK(Frontend().environment.seats() == 2);
}

TEST_CASE("seats are the ports that a core describes, or else has controllers for") {
    const auto describe = [](Frontend& frontend, unsigned port) {
        const retro_input_descriptor descriptors[] = {{port, RETRO_DEVICE_JOYPAD, 0, 0, "Jump"},
            {200, RETRO_DEVICE_JOYPAD, 0, 0, "no such port"}, {0, RETRO_DEVICE_JOYPAD, 0, 0, "Jump"}, {}};
        CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_INPUT_DESCRIPTORS, descriptors));
    };
    const auto plugIn = [](Frontend& frontend, std::size_t count) {
        const retro_controller_description pad[] = {{"Pad", RETRO_DEVICE_JOYPAD}};
        std::vector<retro_controller_info> ports(count, {pad, 1});
        ports.push_back({nullptr, 0});
        CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_CONTROLLER_INFO, ports[0]));
    };
    Frontend described, pluggedIn, both, many;
    describe(described, 3);
    CHECK(described.environment.seats() == 4);
    plugIn(pluggedIn, 3);
    CHECK(pluggedIn.environment.seats() == 3);
    describe(both, 4);
    plugIn(both, 2);
    CHECK(both.environment.seats() == 5);
    plugIn(many, 20);
    CHECK(many.environment.seats() == 8);
}

TEST_CASE("options of every version are answered") {
    Frontend frontend;
    unsigned version = 0;
    CHECK(frontend.answer(RETRO_ENVIRONMENT_GET_CORE_OPTIONS_VERSION, version));
    CHECK(version == 2);
    const auto get = [&](const char* key) {
        retro_variable variable{key, "unset"};
        return frontend.answer(RETRO_ENVIRONMENT_GET_VARIABLE, variable) ? std::string(variable.value)
                                                                         : "(none)";
    };

    const retro_variable v0[] = {{"zero", "Zero; a|b"}, {nullptr, nullptr}};
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_VARIABLES, v0));
    CHECK(get("zero") == "a");

    retro_core_option_definition v1[] = {{"one", "One", nullptr, {{"a", nullptr}, {"b", nullptr}}, "b"}, {}};
    retro_core_options_intl v1Intl{v1, nullptr};
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_CORE_OPTIONS_INTL, v1Intl));
    CHECK(get("one") == "b");

    retro_core_option_v2_definition definitions[] = {
        {"two", "Two", nullptr, nullptr, nullptr, nullptr, {{"a", nullptr}, {"b", nullptr}}, "b"}, {}};
    retro_core_options_v2 v2{nullptr, definitions};
    retro_core_options_v2_intl v2Intl{&v2, nullptr};
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_CORE_OPTIONS_V2_INTL, v2Intl));
    CHECK(get("two") == "b");
    CHECK(get("three") == "(none)");

    bool changed = true;
    CHECK(frontend.answer(RETRO_ENVIRONMENT_GET_VARIABLE_UPDATE, changed));
    CHECK_FALSE(changed);
}

TEST_CASE("the last message is kept") {
    Frontend frontend;
    retro_message first{"Loading", 60};
    retro_message_ext last{};
    last.msg = "The file bios.bin is missing";
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_MESSAGE, first));
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_MESSAGE_EXT, last));
    CHECK(frontend.environment.message() == "The file bios.bin is missing");
}

TEST_CASE("a core may want paths for some files and bytes for others") {
    Frontend frontend;
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_CONTENT_INFO_OVERRIDE)); // only asks
    const retro_system_content_info_override overrides[] = {
        {"pce|sgx", false, false}, {"cue", true, false}, {nullptr, false, false}};
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_CONTENT_INFO_OVERRIDE, overrides));
    CHECK_FALSE(frontend.environment.wantsPath("sgx", true));
    CHECK(frontend.environment.wantsPath("cue", false));
    CHECK(frontend.environment.wantsPath("ccd", true));
    CHECK_FALSE(frontend.environment.wantsPath("sg", false));
}

TEST_CASE("what a core says of its picture is kept") {
    Frontend frontend;
    retro_system_av_info info{{320, 240, 640, 480, 1.5f}, {50, 44100}};
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_SYSTEM_AV_INFO, info));
    CHECK(frontend.environment.avInfo().timing.fps == 50);
    retro_game_geometry geometry{160, 144, 640, 480, 0};
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_GEOMETRY, geometry));
    CHECK(frontend.environment.avInfo().geometry.base_width == 160);
    CHECK(frontend.environment.avInfo().timing.fps == 50);
    unsigned quarters = 5;
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_ROTATION, quarters));
    CHECK(frontend.video.rotation() == 1);
    auto format = RETRO_PIXEL_FORMAT_UNKNOWN;
    CHECK_FALSE(frontend.answer(RETRO_ENVIRONMENT_SET_PIXEL_FORMAT, format));
}

TEST_CASE("timing that no console has is replaced") {
    Frontend frontend;
    const auto none = std::numeric_limits<double>::quiet_NaN();
    const auto say = [&](const retro_system_av_info& info) {
        frontend.environment.setAvInfo(info);
        return frontend.environment.timing();
    };
    const auto usual = say({{256, 224, 256, 240, 4.0f / 3}, {59.7275, 32768}});
    CHECK(usual.aspect == Approx(4.0 / 3));
    CHECK(usual.fps == 59.7275);
    CHECK(usual.sampleRate == 32768);
    const auto odd = say({{300, 200, 300, 200, float(none)}, {none, 0}});
    CHECK(odd.aspect == 1.5);
    CHECK(odd.fps == 60);
    CHECK(odd.sampleRate == 48000);
    CHECK(say({}).aspect == Approx(4.0 / 3));
}

TEST_CASE("what this frontend does not have is refused") {
    Frontend frontend;
    const auto command =
        GENERATE(std::uint32_t{RETRO_ENVIRONMENT_GET_VFS_INTERFACE}, RETRO_ENVIRONMENT_SET_AUDIO_CALLBACK,
            RETRO_ENVIRONMENT_GET_CAMERA_INTERFACE, RETRO_ENVIRONMENT_GET_GAME_INFO_EXT, 0xffffu);
    CHECK_FALSE(frontend.answer(command));
}

TEST_CASE("a graphics card is refused, and remembered") {
    Frontend frontend;
    retro_hw_render_callback wish{};
    CHECK_FALSE(frontend.answer(RETRO_ENVIRONMENT_SET_HW_RENDER, wish));
    CHECK(frontend.environment.wantsGpu());
}

TEST_CASE("cores may ask with nothing to write to") {
    Frontend frontend;
    CHECK(frontend.answer(RETRO_ENVIRONMENT_GET_INPUT_BITMASKS));
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_VARIABLE));
}

TEST_CASE("the frame time callback hears its reference") {
    static retro_usec_t heard;
    heard = 0;
    Frontend frontend;
    frontend.environment.tellFrameTime();
    retro_frame_time_callback callback{[](retro_usec_t time) { heard = time; }, 16639};
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SET_FRAME_TIME_CALLBACK, callback));
    frontend.environment.tellFrameTime();
    CHECK(heard == 16639);
}

TEST_CASE("the interfaces that a core gets work") {
    Frontend frontend;
    retro_log_callback log{};
    REQUIRE(frontend.answer(RETRO_ENVIRONMENT_GET_LOG_INTERFACE, log));
    log.log(RETRO_LOG_DEBUG, "%s %d\n", "number", 3);
    retro_perf_callback perf{};
    REQUIRE(frontend.answer(RETRO_ENVIRONMENT_GET_PERF_INTERFACE, perf));
    static retro_perf_counter counter;
    counter.ident = "test";
    perf.perf_register(&counter);
    perf.perf_start(&counter);
    perf.perf_stop(&counter);
    perf.perf_log();
    CHECK(counter.call_cnt == 1);
    CHECK(perf.get_time_usec() > 0);
    retro_rumble_interface rumble{};
    REQUIRE(frontend.answer(RETRO_ENVIRONMENT_GET_RUMBLE_INTERFACE, rumble));
    CHECK_FALSE(rumble.set_rumble_state(0, RETRO_RUMBLE_STRONG, 65535));
}

TEST_CASE("a core is told when its picture or its sound is not wanted") {
    Frontend frontend;
    const auto enabled = [&] {
        int bits = 0;
        CHECK(frontend.answer(RETRO_ENVIRONMENT_GET_AUDIO_VIDEO_ENABLE, bits));
        return bits;
    };
    CHECK(enabled() == (1 | 2));
    frontend.video.hide(true);
    CHECK(enabled() == 2);
    frontend.environment.begin(emulator::Run::Ahead);
    CHECK(enabled() == 0);
    frontend.video.hide(false);
    CHECK(enabled() == 1);
    frontend.environment.begin(emulator::Run::Again);
    CHECK(enabled() == (1 | 2));
}

TEST_CASE("a game that would end in a frame ahead has not ended") {
    Frontend frontend;
    frontend.environment.begin(emulator::Run::Ahead);
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SHUTDOWN));
    CHECK_FALSE(frontend.environment.wantsShutdown());
    frontend.environment.begin(emulator::Run::Fresh);
    CHECK(frontend.answer(RETRO_ENVIRONMENT_SHUTDOWN));
    CHECK(frontend.environment.wantsShutdown());
}
