#include "emulator/options.hpp"

#include <catch2/catch.hpp>

#include <string>

using cloudretro::emulator::Options;

namespace {

std::string answer(const Options& options, const char* key) {
    const char* value = options.get(key);
    return value ? value : "(none)";
}

const retro_variable v0[] = {{"speed", "How fast; slow|fast|very fast"}, {"untitled", "on|off"},
    {"odd", "Nothing to choose;"}, {nullptr, nullptr}};

template <class Definition> Definition definition(const char* key, const char* byDefault) {
    Definition result{};
    result.key = key;
    result.desc = "A title";
    result.values[0] = {"red", "Red"};
    result.values[1] = {"green", nullptr};
    result.default_value = byDefault;
    return result;
}

}

TEST_CASE("options of version 0 answer their first value") {
    Options options({});
    options.declare(v0);
    CHECK(answer(options, "speed") == "slow");
    CHECK(answer(options, "untitled") == "on");
    CHECK(answer(options, "odd") == "");
}

TEMPLATE_TEST_CASE("options of versions 1 and 2 answer their default", "", retro_core_option_definition,
    retro_core_option_v2_definition) {
    const TestType definitions[] = {definition<TestType>("named", "green"),
        definition<TestType>("unnamed", nullptr), definition<TestType>("wrong", "purple"), TestType{}};
    Options options({"unnamed=green"});
    options.declare(definitions);
    CHECK(answer(options, "named") == "green");
    CHECK(answer(options, "unnamed") == "green");
    CHECK(answer(options, "wrong") == "red");
}

TEST_CASE("an option that was never declared has no answer") {
    Options options({"ghost=boo"});
    options.declare(v0);
    CHECK(options.get("ghost") == nullptr);
    CHECK(options.get(nullptr) == nullptr);
}

TEST_CASE("overrides count when the core knows the value") {
    Options options({"speed=very fast", "untitled=purple", "no equals sign"});
    options.declare(v0);
    CHECK(answer(options, "speed") == "very fast");
    CHECK(answer(options, "untitled") == "on");
}

TEST_CASE("a value with an equals sign in it can be chosen") {
    const retro_variable variables[] = {{"flags", "Flags; none|a=1"}, {nullptr, nullptr}};
    Options options({"flags=a=1"});
    options.declare(variables);
    CHECK(answer(options, "flags") == "a=1");
}

TEST_CASE("a core may set its own options, and is told once") {
    Options options({});
    options.declare(v0);
    CHECK_FALSE(options.takeChanged());
    CHECK(options.set("speed", "fast"));
    CHECK(answer(options, "speed") == "fast");
    CHECK(options.takeChanged());
    CHECK_FALSE(options.takeChanged());
    CHECK_FALSE(options.set("speed", "warp"));
    CHECK_FALSE(options.set("ghost", "boo"));
    CHECK_FALSE(options.takeChanged());
}

TEST_CASE("no options at all are no fault") {
    Options options({});
    options.declare(static_cast<const retro_variable*>(nullptr));
    CHECK(options.get("speed") == nullptr);
}
