#include "../../temp_dir.hpp"
#include "worker/core_finder.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::worker;

TEST_CASE("cores are found by their file names; the first folder wins") {
    const cloudretro::test::TempDir first, second;
    const auto mine = first.write("nestopia_libretro.so");
    second.write("nestopia_libretro.so");
    const auto other = second.write("mgba_libretro.so");
    second.write("libmgba.so");
    second.write("folder_libretro.so/x");
    const auto cores = findCores({"/nonexistent", first.path, second.path});
    CHECK(cores == std::map<std::string, std::string>{{"nestopia", mine}, {"mgba", other}});
}

TEST_CASE("the user's folders are searched before the usual ones") {
    const auto dirs = coreDirs({"/mine", "/and mine"});
    REQUIRE(dirs.size() > 3);
    CHECK(dirs[0] == "/mine");
    CHECK(dirs[1] == "/and mine");
}
