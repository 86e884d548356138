#include "catch.hpp"

#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

namespace cloudretro::test {

int runTests(int argc, char** argv) { return Catch::Session().run(argc, argv); }

}
