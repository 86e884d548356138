#include "../../temp_dir.hpp"
#include "base/loop.hpp"
#include "coordinator/library_watch.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::coordinator;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
using cloudretro::test::TempDir;

namespace {

const Catalogue& catalogue() {
    static const Catalogue known = readCatalogue({});
    return known;
}

Games scan(std::vector<fs::path> roots) {
    Scan scan(catalogue(), std::move(roots));
    while (!scan.step()) {}
    return scan.takeGames();
}

std::vector<std::string> idsOf(const Games& games) {
    std::vector<std::string> ids;
    for (const auto& [id, game] : games) ids.push_back(id);
    return ids;
}
using Ids = std::vector<std::string>;

}

TEST_CASE("games are the files of a system's folder or of its aliases, up to two folders deep") {
    const TempDir dir;
    const auto file = dir.write("nes/Plain.nes");
    dir.write("Famicom/Alias.NES");
    dir.write("nes/a/One.nes");
    dir.write("nes/a/b/Two.nes");
    dir.write("nes/a/b/c/Three.nes");
    const auto games = scan({dir.path});
    CHECK(idsOf(games) == Ids{"nes/Alias", "nes/One", "nes/Plain", "nes/Two"});
    const auto& plain = games.at("nes/Plain");
    CHECK(plain.file == file);
    CHECK(plain.game.system == "nes");
    CHECK(plain.game.name == "Plain");
    CHECK(plain.game.seats == 2);
}

TEST_CASE("what is no game is left out") {
    const TempDir dir;
    for (const auto* file : {"nes/readme.txt", "nes/noextension", "nes/.hidden.nes", "nes/.trash/gone.nes",
             "unknown/x.nes", "toplevel.nes", "gb/wrong.nes"})
        dir.write(file);
    fs::create_directories(dir.path / "nes" / "folder.nes");
    fs::create_symlink("/nonexistent", dir.path / "nes" / "dangling.nes");
    CHECK(scan({dir.path, "/nonexistent"}).empty());
}

TEST_CASE("names may hold anything that file names hold") {
    const TempDir dir;
    dir.write("nes/He said \"hi\" & left; 100% #1?.nes");
    dir.write("nes/Zelda \xc3\xbc \xe6\x97\xa5.v1.nes");
    dir.write("nes/latin\xfc.nes");
    CHECK(idsOf(scan({dir.path})) == Ids{"nes/He said \"hi\" & left; 100% #1?",
                                         "nes/Zelda \xc3\xbc \xe6\x97\xa5.v1", "nes/latin\xef\xbf\xbd"});
}

TEST_CASE("links are followed: the owner may point anywhere") {
    const TempDir dir, elsewhere;
    elsewhere.write("roms/Far.nes");
    fs::create_directories(dir.path / "nes");
    fs::create_symlink(elsewhere.path / "roms" / "Far.nes", dir.path / "nes" / "Near.nes");
    fs::create_symlink(elsewhere.path / "roms", dir.path / "gb");
    fs::create_symlink(dir.path / "nes", dir.path / "nes" / "loop");
    CHECK(idsOf(scan({dir.path})) == Ids{"nes/Near"});
}

TEST_CASE("of several files for one game the first folder wins, then the catalogue's order, then the name") {
    const TempDir first, second;
    second.write("nes/Game.nes");
    second.write("nes/Other.fds");
    const auto other = second.write("nes/Other.nes");
    const auto game = first.write("nes/Game.unf");
    const auto a = first.write("nes/a/Same.nes");
    first.write("nes/b/Same.nes");
    const auto games = scan({first.path, second.path});
    CHECK(games.at("nes/Game").file == game);
    CHECK(games.at("nes/Other").file == other);
    CHECK(games.at("nes/Same").file == a);
}

TEST_CASE("thousands of files are read one folder at a time") {
    const TempDir dir;
    for (int folder = 0; folder < 20; ++folder)
        for (int file = 0; file < 100; ++file)
            dir.write("nes/" + std::to_string(folder) + "/" + std::to_string(folder * 100 + file) + ".nes");
    Scan scan(catalogue(), {dir.path});
    int steps = 1;
    while (!scan.step()) ++steps;
    CHECK(steps == 22); // the root, the system, its folders
    CHECK(scan.takeGames().size() == 2000);
}

TEST_CASE("a change on disk is seen without asking") {
    using cloudretro::base::Loop;
    const TempDir dir;
    dir.write("nes/Old.nes");
    LibraryWatch library(catalogue(), {dir.path});
    CHECK(idsOf(library.games()) == Ids{"nes/Old"});

    Loop loop;
    const auto watchdog = Loop::after(30s, [&] { loop.quit(1); });
    const auto until = [&](const Ids& ids) {
        library.onChanged = [&, ids] {
            if (idsOf(library.games()) == ids) loop.quit();
        };
        return loop.run() == 0;
    };
    dir.write("nes/New.nes");
    CHECK(until({"nes/New", "nes/Old"}));
    dir.write("gb/Folder too.gb");
    CHECK(until({"gb/Folder too", "nes/New", "nes/Old"}));
    fs::rename(dir.path / "nes" / "Old.nes", dir.path / "nes" / "Older.nes");
    CHECK(until({"gb/Folder too", "nes/New", "nes/Older"}));
    fs::remove_all(dir.path / "nes");
    CHECK(until({"gb/Folder too"}));
}
