// A worker that is asked to end while games run on it.
#include "server.hpp"
#include "visitor.hpp"
#include "wait.hpp"

#include <catch2/catch.hpp>

#include <csignal>

using namespace cloudretro::test;
using namespace cloudretro::protocol;

namespace {

// A coordinator and a worker of its own, and somebody who plays on it.
struct Playing {
    explicit Playing(const std::string& drainTime) : drain("--drain-time=" + drainTime) {
        REQUIRE(until([&] { return getJson(coordinator.address("/healthz"))["workers"] == 1; }));
        player.greet();
        player.send(start(demoGame(coordinator)));
        REQUIRE(player.hear<Offer>());
    }

    bool isDraining() const { // as the coordinator knows it
        const auto metrics = get(coordinator.address("/metrics")).body;
        const auto sample = metrics.find("\ncloudretro_worker_draining{");
        return sample != std::string::npos && metrics.substr(metrics.find("} ", sample)).starts_with("} 1\n");
    }

    const TempDir dir;
    const std::string token =
        "--worker-token-file=" + dir.write("token", "a secret that is at least thirty-two characters long");
    Server coordinator{{"--port=0", "--role=coordinator", "--room-grace=0", token}};
    const std::string drain;
    Server worker{
        {"--role=worker", "--coordinator=ws://127.0.0.1:" + std::to_string(coordinator.port()), token, drain},
        false};
    Visitor player{coordinator.port()};
};

}

TEST_CASE("a worker that is asked to end takes no new games, and leaves when its last one is done") {
    Playing playing("3600");
    playing.worker.signal(SIGTERM);
    Visitor late(playing.coordinator.port());
    late.greet();
    REQUIRE(until([&] { return playing.isDraining(); })); // before that, a start may still be accepted
    late.send(start(demoGame(playing.coordinator)));
    CHECK(late.hearFailure() == "no-capacity");
    CHECK_FALSE(playing.worker.ended());
    playing.player.send(Retry{}); // the game goes on
    REQUIRE(playing.player.hear<Offer>());
    playing.player.send(Leave{});
    CHECK(until([&] { return playing.worker.ended(); }));
}

TEST_CASE("when the time is over it ends its games, and says so to who plays") {
    Playing playing("1");
    playing.worker.signal(SIGTERM);
    CHECK(playing.player.hear<Ended>());
    CHECK(until([&] { return playing.worker.ended(); }));
}

TEST_CASE("who asks a second time need not wait") {
    Playing playing("3600");
    playing.worker.signal(SIGTERM);
    playing.worker.signal(SIGINT);
    CHECK(until([&] { return playing.worker.ended(); }));
}
