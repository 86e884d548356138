// The tests, and the processes that they start: the same program in other roles.
#include "catch.hpp"
#include "emulator/emulator.hpp"
#include "room/role.hpp"

#include <gst/gst.h>

#include <string_view>

int main(int argc, char** argv) {
    const std::string_view role = argc > 1 ? argv[1] : "";
    if (role == "--role=emulator") return cloudretro::emulator::run();
    if (role == "--role=room") return cloudretro::room::run();
    gst_init(&argc, &argv);
    return cloudretro::test::runTests(argc, argv);
}
