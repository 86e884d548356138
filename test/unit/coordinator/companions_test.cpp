#include "coordinator/companions.hpp"

#include "../../temp_dir.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::coordinator;
using namespace std::string_literals;
using cloudretro::test::TempDir;

namespace {

using Names = std::vector<std::string>;

Names namesOf(const std::vector<std::filesystem::path>& files) {
    Names names;
    for (const auto& file : files) names.push_back(file.filename());
    return names;
}

}

TEST_CASE("a cue names its tracks, in quotes or not, on Windows or not") {
    CHECK(namesIn("cue", "FILE \"Game (Track 1).bin\" BINARY\r\n  TRACK 01 MODE2/2352\r\n"
                         "file two.bin BINARY\n\tFILE  \"three.wav\"  WAVE") ==
          Names{"Game (Track 1).bin", "two.bin", "three.wav"});
    CHECK(namesIn("CUE", "\xEF\xBB\xBF"
                         "FILE a.bin BINARY\nFILE a.bin BINARY\n") == Names{"a.bin"});
    CHECK(namesIn("cue", "REM FILE x.bin\nFILE\nFILE \"\"\nFILE \"open.bin").size() == 1);
}

TEST_CASE("a toc, a gdi and an m3u name theirs") {
    CHECK(namesIn("toc", "CD_ROM_XA\nDATAFILE \"a.bin\" 0\nAUDIOFILE \"b.wav\" 0\nFILE \"c.bin\" 0 4:0:0") ==
          Names{"a.bin", "b.wav", "c.bin"});
    CHECK(namesIn("gdi", "3\n1 0 4 2352 track01.bin 0\n2 450 0 2352 \"track 02.raw\" 0\n3 45000 4 2352 x") ==
          Names{"track01.bin", "track 02.raw"});
    CHECK(namesIn("m3u", "# discs\nDisc 1.cue\r\n\n  Disc 2.cue  \n") == Names{"Disc 1.cue", "Disc 2.cue"});
    CHECK(namesIn("bin", "FILE a.bin BINARY").empty());
}

TEST_CASE("what lies elsewhere does not belong to a game") {
    CHECK(namesIn("m3u", "../secret\n/etc/passwd\nsub/disc.cue\n..\n.\n" + std::string(300, 'a') +
                             "\ngood\n") == Names{"good"});
    CHECK(namesIn("cue", "FILE \"a\0b\" BINARY\nFILE \"../x\" BINARY"s).empty());
}

TEST_CASE("a game goes with all that it names and that is there") {
    const TempDir dir;
    const auto list = dir.write("Game.m3u", "Disc 1.cue\nDisc 2.cue\nDisc 1.cue\nGame.m3u\nmissing.cue\n");
    dir.write("Disc 1.cue", "FILE \"one.bin\" BINARY\nFILE \"Game.m3u\" BINARY\n");
    dir.write("Disc 1.sbi");
    dir.write("Disc 2.cue", "FILE \"two.bin\" BINARY\nFILE \"gone.bin\" BINARY\n");
    dir.write("one.bin");
    dir.write("two.bin");
    dir.write("other.bin");
    CHECK(namesOf(filesOf(list)) ==
          Names{"Game.m3u", "Disc 1.cue", "Disc 1.sbi", "one.bin", "Disc 2.cue", "two.bin"});
    CHECK(filesOf(dir.path / "missing.cue").empty());
    CHECK(filesOf(dir.path).empty());
}

TEST_CASE("a disc image goes with the files that share its name") {
    const TempDir dir;
    const auto disc = dir.write("Game.ccd");
    dir.write("Game.img");
    dir.write("Game.sub");
    CHECK(namesOf(filesOf(disc)) == Names{"Game.ccd", "Game.img", "Game.sub"});
}

TEST_CASE("a list of very many files stays within one message") {
    const TempDir dir;
    std::string text;
    for (int i = 0; i < 300; ++i) {
        dir.write(std::to_string(i));
        text += std::to_string(i) + "\n";
    }
    CHECK(filesOf(dir.write("Game.m3u", text)).size() == maxGameFiles);
}

TEST_CASE("a core's firmware is what its info file says and the folder has; without one, all that is small") {
    const TempDir dir;
    const auto info = dir.write("core.info", "display_name = \"Core\"\nfirmware_count = 3\n"
                                             "firmware0_desc = \"x.bin\"\nfirmware0_path = \"bios a.bin\"\n"
                                             "firmware1_path=b.bin\nfirmware2_path = \"sub/c.bin\"\n");
    dir.write("system/bios a.bin");
    dir.write("system/other.bin");
    dir.write("system/sub/c.bin");
    const auto system = dir.path / "system";
    CHECK(namesOf(firmwareOf(system, info)) == Names{"bios a.bin"});
    CHECK(namesOf(firmwareOf(system, dir.path / "none.info")) == Names{"bios a.bin", "other.bin"});
    std::filesystem::resize_file(dir.write("system/huge.bin"), maxFirmwareBytes);
    CHECK(namesOf(firmwareOf(system, dir.path / "none.info")) == Names{"bios a.bin", "other.bin"});
    CHECK(firmwareOf(dir.path / "nowhere", dir.path / "none.info").empty());
}
