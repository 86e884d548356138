#include "options.hpp"

#include <cstring>

namespace testcard {
namespace {

constexpr const char* names[] = {"testcard_left", "testcard_middle", "testcard_right"};

bool frontendKnows(retro_environment_t environment, unsigned wanted) {
    unsigned version = 0;
    return environment(RETRO_ENVIRONMENT_GET_CORE_OPTIONS_VERSION, &version) && version >= wanted;
}

void announceV0(retro_environment_t environment) {
    retro_variable variables[] = {
        {names[0], "Left cell; red|green|blue"},
        {names[1], "Middle cell; red|green|blue"},
        {names[2], "Right cell; red|green|blue"},
        {nullptr, nullptr},
    };
    environment(RETRO_ENVIRONMENT_SET_VARIABLES, variables);
}

#define RED_GREEN_BLUE                                                                                       \
    {                                                                                                        \
        {"red", "Red"}, {"green", "Green"}, {"blue", nullptr}, { nullptr, nullptr }                          \
    }

void announceV1(retro_environment_t environment) {
    static retro_core_option_definition definitions[] = {
        {names[0], "Left cell", "The colour of the strip's cell 24.", RED_GREEN_BLUE, "green"},
        {names[1], "Middle cell", nullptr, RED_GREEN_BLUE, "blue"},
        {names[2], "Right cell", nullptr, RED_GREEN_BLUE, nullptr},
        {nullptr, nullptr, nullptr, {{nullptr, nullptr}}, nullptr},
    };
    environment(RETRO_ENVIRONMENT_SET_CORE_OPTIONS, definitions);
}

void announceV2(retro_environment_t environment) {
    static retro_core_option_v2_category categories[] = {
        {"strip", "Strip", "The cells in the middle of the picture."},
        {nullptr, nullptr, nullptr},
    };
    static retro_core_option_v2_definition definitions[] = {
        {names[0], "Strip > Left cell", "Left cell", "The colour of the strip's cell 24.", nullptr, "strip",
            RED_GREEN_BLUE, "green"},
        {names[1], "Middle cell", nullptr, nullptr, nullptr, "strip", RED_GREEN_BLUE, "blue"},
        {names[2], "Right cell", nullptr, nullptr, nullptr, nullptr, RED_GREEN_BLUE, nullptr},
        {nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, {{nullptr, nullptr}}, nullptr},
    };
    retro_core_options_v2 options = {categories, definitions};
    environment(RETRO_ENVIRONMENT_SET_CORE_OPTIONS_V2, &options);
}

Colour named(const char* name) {
    if (!std::strcmp(name, "red")) return Red;
    if (!std::strcmp(name, "green")) return Green;
    return !std::strcmp(name, "blue") ? Blue : White;
}

} // namespace

void announceOptions(retro_environment_t environment, const std::string& version) {
    if (version == "v0") announceV0(environment);
    if (version == "v1" && frontendKnows(environment, 1)) announceV1(environment);
    if (version == "v2" && frontendKnows(environment, 2)) announceV2(environment);
}

std::array<Colour, 3> readOptions(retro_environment_t environment) {
    std::array<Colour, 3> colours{};
    for (size_t n = 0; n < colours.size(); ++n) {
        retro_variable variable = {names[n], nullptr};
        if (environment(RETRO_ENVIRONMENT_GET_VARIABLE, &variable) && variable.value)
            colours[n] = named(variable.value);
    }
    return colours;
}

} // namespace testcard
