// The tests, and the process that a media port starts: the same program in another role.
#include "catch.hpp"
#include "worker/relay.hpp"

#include <string_view>

int main(int argc, char** argv) {
    const std::string_view role = argc > 1 ? argv[1] : "";
    return role == "--role=relay" ? cloudretro::worker::runRelay() : cloudretro::test::runTests(argc, argv);
}
