// Roles apart from one another, and starts that fail.
#include "server.hpp"
#include "visitor.hpp"
#include "wait.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <memory>

using namespace cloudretro::test;

TEST_CASE("coordinator and worker find each other by the token file, again after a restart") {
    const TempDir dir;
    const auto token = "--worker-token-file=" + (dir.path / "token").string();
    auto coordinator =
        std::make_unique<Server>(std::vector<std::string>{"--role=coordinator", "--port=0", token});
    const auto port = std::to_string(coordinator->port());
    const auto hasWorker = [&] { return getJson(coordinator->address("/healthz"))["workers"] == 1; };
    CHECK(getJson(coordinator->address("/healthz"))["status"] == "no worker");

    Server worker({"--role=worker", token, "--coordinator=ws://127.0.0.1:" + port}, false);
    CHECK(until(hasWorker));
    coordinator.reset();
    coordinator =
        std::make_unique<Server>(std::vector<std::string>{"--role=coordinator", "--port=" + port, token});
    CHECK(until(hasWorker));

    const auto family = worker.family();
    worker.signal(SIGTERM);
    CHECK(until([&] { return worker.ended(); }));
    CHECK(until([&] { return getJson(coordinator->address("/healthz"))["workers"] == 0; }));
    for (const int pid : family) CHECK(until([&] { return !isAlive(pid); }));
}

TEST_CASE("a port in use is told with a way out") {
    Server server({"--port=0", "--role=coordinator"});
    const auto port = std::to_string(server.port());
    const auto second = run({"--port=" + port});
    CHECK(second.exitCode == 69);
    CHECK(second.out.empty());
    CHECK_THAT(second.err, Catch::Contains("Port " + port) && Catch::Contains("--port"));
}

TEST_CASE("a start that cannot succeed says why, with the exit code of its kind") {
    const TempDir dir;
    const auto file = dir.write("wrong.toml", "prot = 1\n");
    const auto fails = [](const std::vector<std::string>& arguments, int exitCode,
                           const std::string& reason) {
        const auto result = run(arguments);
        CHECK(result.exitCode == exitCode);
        CHECK(result.out.empty());
        CHECK_THAT(result.err, Catch::StartsWith("cloudretro: ") && Catch::Contains(reason));
    };
    fails({"--wrong"}, 64, "--wrong");
    fails({"--port=high"}, 64, "--port");
    fails({"--role=king"}, 64, "king");
    fails({"--config", file}, 78, "prot");
    fails({"--catalogue", file + "x", "--port=0"}, 78, file + "x");
    fails({"--webroot", "/nonexistent", "--port=0"}, 78, "/nonexistent");
    fails({"--host", "nowhere", "--port=0"}, 78, "nowhere");
    fails({"--role=worker", "--worker-token-file=/nonexistent"}, 78, "/nonexistent");
    fails({"--media-ports=9-1"}, 78, "9-1");
}

TEST_CASE("questions are answered on stdout") {
    CHECK_THAT(run({"--help"}).out, Catch::Contains("--games-dir"));
    CHECK_THAT(run({"--version"}).out, Catch::StartsWith("cloudretro "));
    CHECK(run({"--check-config"}).exitCode == 0);
    const auto protocol = cloudretro::base::Json::parse(run({"--describe-protocol"}).out);
    CHECK(protocol["messages"]["FromBrowser"].contains("start"));
}
