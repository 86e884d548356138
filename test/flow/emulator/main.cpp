// The tests, and the emulator that they start: the same program in another role.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include "emulator/emulator.hpp"

#include <string_view>

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "--role=emulator") return cloudretro::emulator::run();
    return Catch::Session().run(argc, argv);
}
