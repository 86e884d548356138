#include "../../temp_dir.hpp"
#include "base/config.hpp"
#include "base/failure.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace cloudretro::base;
using Strings = std::vector<std::string>;

namespace {

CommandLine read(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "cloudretro");
    return readCommandLine(int(arguments.size()), arguments.data());
}

cloudretro::protocol::Trouble troubleOf(std::vector<const char*> arguments) {
    try {
        read(std::move(arguments));
    } catch (const Failure& failure) { return failure.trouble(); }
    return {};
}

// An environment variable for the length of a test.
struct Variable {
    Variable(const char* name, const char* value) : name(name) { ::setenv(name, value, 1); }
    ~Variable() { ::unsetenv(name); }
    const char* name;
};

}

TEST_CASE("the command saves takes an action, a path, and settings before and after it") {
    const auto line = read({"--s3-endpoint=http://x", "saves", "export", "/tmp/x.tar", "--s3-bucket=b",
        "--s3-credentials-file=/c", "--data-dir", "/d"});
    CHECK(line.request == Request::Saves);
    CHECK(line.saves.action == "export");
    CHECK(line.saves.path == "/tmp/x.tar");
    CHECK(line.config.dataDir == "/d");
    CHECK(line.config.s3Bucket == "b");
    CHECK(line.config.s3Region == "us-east-1");
    CHECK(read({"saves", "verify"}).saves.action == "verify");
    for (const auto& wrong : std::vector<std::vector<const char*>>{
             {"saves"}, {"saves", "eat"}, {"saves", "export"}, {"saves", "gc", "x"}, {"saves", "gc", "--x"}})
        CHECK(troubleOf(wrong).code == "usage");
}

TEST_CASE("the S3 store is named whole or not at all") {
    CHECK(troubleOf({"--s3-bucket=b"}).code == "config");
    CHECK(troubleOf({"--s3-bucket=b", "--s3-endpoint=http://x"}).code == "config");
    CHECK(troubleOf({"--s3-bucket=b", "--s3-endpoint=http://x", "--s3-credentials-file=/c"}).code.empty());
}

TEST_CASE("without flags it is the role all with its folders in the user's data folder") {
    const auto [request, config, saves] = read({});
    CHECK(request == Request::Serve);
    CHECK(saves.action.empty());
    CHECK(config.role == Role::All);
    CHECK(config.port == 8000);
    CHECK(config.dataDir == "/nonexistent/share/cloudretro");
    CHECK(config.gamesDirs == Strings{"/nonexistent/share/cloudretro/games"});
    CHECK(config.systemDir == "/nonexistent/share/cloudretro/system");
    CHECK(config.workerTokenFile == "/nonexistent/share/cloudretro/worker.token");
}

TEST_CASE("flags win over the environment, the environment over the file, the file over defaults") {
    const cloudretro::test::TempDir dir;
    const auto file =
        dir.write("cloudretro.toml", "port = 1\nroom-grace = 1\nmax-rooms = 1\ndebug = true\ngames-dir = "
                                     "[\"/a\", \"/b\"]\ncores-dir = \"/c\"\n");
    const Variable port("CLOUDRETRO_PORT", "2"), grace("CLOUDRETRO_ROOM_GRACE", "2");
    const auto config = read({"--config", file.c_str(), "--port=3"}).config;
    CHECK(config.port == 3);
    CHECK(config.roomGrace == 2);
    CHECK(config.maxRooms == 1);
    CHECK(config.debug);
    CHECK(config.gamesDirs == Strings{"/a", "/b"});
    CHECK(config.coresDirs == Strings{"/c"});
}

TEST_CASE("emulators are confined automatically, unless something else that is known is asked for") {
    CHECK(read({}).config.sandbox == "auto");
    CHECK(read({"--sandbox=strict"}).config.sandbox == "strict");
    CHECK(troubleOf({"--sandbox=mostly"}).code == "usage");
}

TEST_CASE("input shows before the next frame, unless that is switched off") {
    CHECK(read({}).config.earlyFrames);
    CHECK_FALSE(read({"--early-frames=off"}).config.earlyFrames);
    CHECK(troubleOf({"--early-frames=sometimes"}).code == "usage");
}

TEST_CASE("a game runs ahead by up to three frames") {
    const auto config = read({"--run-ahead=nes/a=b=2", "--run-ahead", "gb/c=0"}).config;
    CHECK(config.runAhead == std::map<std::string, int>{{"nes/a=b", 2}, {"gb/c", 0}});
    for (const auto* wrong : {"", "nes", "nes/a", "nes/a=", "nes/a=4", "nes/a=-1", "nes/a=10", "a=1"})
        CHECK_THROWS_AS(parseRunAhead(wrong), Failure);
}

TEST_CASE("a list has several values, wherever it stands") {
    const Variable cores("CLOUDRETRO_CORES_DIR", "/x,/y z");
    const auto config = read({"--games-dir", "/a", "--games-dir", "/b"}).config;
    CHECK(config.gamesDirs == Strings{"/a", "/b"});
    CHECK(config.coresDirs == Strings{"/x", "/y z"});
}

TEST_CASE("variables of others with our prefix do no harm") {
    const Variable version("CLOUDRETRO_VERSION", "1"), help("CLOUDRETRO_HELP", "1"),
        other("CLOUDRETRO_WHAT", "1");
    CHECK(read({}).request == Request::Serve);
}

TEST_CASE("wrong flags are a usage failure that names them") {
    const auto trouble = troubleOf({"--wrong-flag"});
    CHECK(trouble.code == "usage");
    CHECK_THAT(trouble.message, Catch::Contains("--wrong-flag"));
    CHECK(troubleOf({"--port", "70000"}).code == "usage");
    CHECK(troubleOf({"--port", "http"}).code == "usage");
    CHECK_THAT(troubleOf({"--role=king"}).message, Catch::Contains("king"));
}

TEST_CASE("a wrong file is a configuration failure that names the place") {
    const cloudretro::test::TempDir dir;
    const auto failing = [&](const char* text) {
        const auto file = dir.write("cloudretro.toml", text);
        const auto trouble = troubleOf({"--config", file.c_str()});
        CHECK(trouble.code == "config");
        CHECK_THAT(trouble.message, Catch::Contains("cloudretro.toml"));
        return trouble.message;
    };
    CHECK_THAT(failing("prot = 1\n"), Catch::Contains("\"prot\""));
    CHECK_THAT(failing("port = 70000\n"), Catch::Contains("\"port\""));
    CHECK_THAT(failing("port = [1, 2]\n"), Catch::Contains("\"port\""));
    CHECK_THAT(failing("[port]\nx = 1\n"), Catch::Contains("\"port\""));
    CHECK_THAT(failing("\n\nport = \n"), Catch::Contains("line 3"));
    CHECK_THAT(failing("version = true\n"), Catch::Contains("\"version\""));
    CHECK_THAT(
        troubleOf({"--config", "/nonexistent/x.toml"}).message, Catch::Contains("/nonexistent/x.toml"));
}

TEST_CASE("a wrong variable is a configuration failure that names it") {
    const Variable port("CLOUDRETRO_PORT", "eighty");
    const auto trouble = troubleOf({});
    CHECK(trouble.code == "config");
    CHECK_THAT(trouble.message, Catch::Contains("CLOUDRETRO_PORT"));
}

TEST_CASE("hidden roles read neither environment nor file: their parents tell them everything") {
    const Variable port("CLOUDRETRO_PORT", "eighty");
    CHECK(read({"--role=room"}).config.role == Role::Room);
    CHECK(read({"--role=emulator"}).config.role == Role::Emulator);
}

TEST_CASE("ICE servers are written with their credentials") {
    CHECK(parseIceServer("stun:example.org:3478").urls == Strings{"stun:example.org:3478"});
    const auto turn = parseIceServer("turn:someone:pass:w@rd@example.org:3478?transport=udp");
    CHECK(turn.urls == Strings{"turn:example.org:3478?transport=udp"});
    CHECK(turn.username == "someone");
    CHECK(turn.credential == "pass:w@rd");
    for (const auto* wrong : {"", "example.org", "http://example.org", "turn:", "turn:user:pass@"})
        CHECK_THROWS_AS(parseIceServer(wrong), Failure);
}

TEST_CASE("a range of ports has two ends in order") {
    const auto range = parsePortRange("50000-50100");
    CHECK(range.first == 50000);
    CHECK(range.last == 50100);
    for (const auto* wrong : {"", "50000", "50100-50000", "0-10", "1-65536", "a-b", "1-2-3", " 1-2"})
        CHECK_THROWS_AS(parsePortRange(wrong), Failure);
}

TEST_CASE("a password is named once: itself, or its file") {
    const auto config = read({"--password-file=/p", "--admin-token-file=/t"}).config;
    CHECK(config.passwordFile == "/p");
    CHECK(config.adminTokenFile == "/t");
    CHECK(read({}).config.password.empty());
    const Variable password("CLOUDRETRO_PASSWORD", "a, b");
    CHECK(read({}).config.password == "a, b");
    CHECK(troubleOf({"--password-file=/p"}).code == "config");
}
