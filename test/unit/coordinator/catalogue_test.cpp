#include "../../temp_dir.hpp"
#include "base/failure.hpp"
#include "coordinator/catalogue.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using coordinator::Catalogue;
using Strings = std::vector<std::string>;

TEST_CASE("the built-in catalogue knows the systems by id and by alias, in any case") {
    const auto catalogue = coordinator::readCatalogue({});
    for (const auto* folder : {"nes", "NES", "famicom", "Famicom", "fc"}) {
        CAPTURE(folder);
        REQUIRE(catalogue.byFolder(folder));
        CHECK(catalogue.byFolder(folder)->id == "nes");
    }
    REQUIRE(catalogue.byId("nes"));
    CHECK(catalogue.byId("nes")->cores.front().name == "nestopia");
    CHECK(catalogue.byId("nes")->cores.front().package == "libretro-nestopia");
    CHECK_FALSE(catalogue.byId("famicom"));
    CHECK_FALSE(catalogue.byFolder("nes2"));
    CHECK(catalogue.byId("nds")->cores.front().options == Strings{"desmume_pointer_type=touch"});
}

TEST_CASE("an extension is known in any case, by its rank") {
    const auto catalogue = coordinator::readCatalogue({});
    const auto& nes = *catalogue.byId("nes");
    CHECK(nes.rankOf("nes") == 0);
    CHECK(nes.rankOf("NES") == 0);
    CHECK(nes.rankOf("fds") > 0);
    CHECK(nes.rankOf("txt") == -1);
    CHECK(nes.rankOf("") == -1);
}

TEST_CASE("a further catalogue adds systems and replaces those of the same id") {
    const test::TempDir dir;
    const auto file = dir.write("more.toml",
        "[[system]]\nid=\"nes\"\nname=\"Mine\"\nextensions=[\"N\"]\nseats=4\n[[system.core]]\nname="
        "\"other\"\n"
        "[[system]]\nid=\"new\"\nname=\"New\"\nextensions=[\"x\"]\n[[system.core]]\nname=\"c\"\n");
    const auto catalogue = coordinator::readCatalogue({file});
    CHECK(catalogue.byId("nes")->name == "Mine");
    CHECK(catalogue.byId("nes")->rankOf("n") == 0);
    CHECK(catalogue.byId("nes")->seats == 4);
    CHECK(catalogue.byId("new")->seats == 2);
    CHECK(catalogue.byId("gb"));
}

TEST_CASE("a catalogue with a mistake is a failure that names it and the file") {
    const std::string core = "[[system.core]]\nname=\"c\"\n";
    const std::vector<std::pair<std::string, std::string>> mistakes{
        {"[[system]]\nname=\"X\"\nextensions=[\"x\"]\n" + core, "\"id\""},
        {"[[system]]\nid=\"x\"\nextensions=[\"x\"]\n" + core, "\"name\""},
        {"[[system]]\nid=\"a/b\"\nname=\"X\"\nextensions=[\"x\"]\n" + core, "slash"},
        {"[[system]]\nid=\"x\"\nname=\"X\"\n" + core, "extensions"},
        {"[[system]]\nid=\"x\"\nname=\"X\"\nextensions=[\"x\"]\n", "no core"},
        {"[[system]]\nid=\"x\"\nname=\"X\"\nextensions=[\"x\"]\n[[system.core]]\npackage=\"p\"\n",
            "\"name\""},
        {"system = [1]", "tables"}, {"[[system", "line 1"}};
    for (const auto& [text, mistake] : mistakes) {
        CAPTURE(text);
        CHECK_THROWS_WITH(
            Catalogue().add(text, "mine.toml"), Catch::Contains(mistake) && Catch::Contains("mine.toml"));
    }
}
