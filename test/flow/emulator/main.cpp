// The tests, and the processes that they start: the same program in other roles.
#include "catch.hpp"
#include "emulator/emulator.hpp"
#include "host.hpp"

#include <string_view>

int main(int argc, char** argv) {
    const std::string_view role = argc > 1 ? argv[1] : "";
    if (role == "--role=emulator") return cloudretro::emulator::run();
    if (role == "--role=host") return cloudretro::test::runHost();
    return cloudretro::test::runTests(argc, argv);
}
