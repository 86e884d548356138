#include "../../tool.hpp"
#include "coordinator/metrics.hpp"
#include "coordinator/tally.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro;
using namespace coordinator;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

Metrics example() {
    Metrics metrics;
    metrics.version = "1.2";
    metrics.workers = {{"near", "eu", 0.25, 300, 2, 3, 1.5, false}, {"near", "", 1, 0, 0, 0, -1, true},
        {"odd \"name\" \\ of\ntwo lines", "", 0, 0, 0, 0, -1, false}};
    metrics.roomsBySystem = {{"nes", 2}, {"gb", 1}};
    metrics.players = 3;
    metrics.failures = {{"no-capacity", 7}};
    metrics.starts.add(0.2);
    metrics.starts.add(3);
    metrics.starts.add(100);
    metrics.inputs.add(0.021);
    metrics.inputParts[1] = 0.5;
    metrics.rooms = {{2, "nes", 21, 40}};
    return metrics;
}

}

TEST_CASE("Prometheus' own tool finds nothing to complain of") {
    CHECK(test::judge({"promtool", "check", "metrics"}, prometheusText(example())).exitCode == 0);
    CHECK(test::judge({"promtool", "check", "metrics"}, prometheusText({})).exitCode == 0);
    CHECK(test::judge({"promtool", "check", "metrics"}, "a_total{x=\"} 1\n").exitCode != 0); // it does look
}

TEST_CASE("metrics are in their base units and tell workers apart") {
    const auto text = prometheusText(example());
    for (const auto* line : {"cloudretro_build_info{version=\"1.2\"} 1\n",
             "cloudretro_worker_cpu_ratio{worker=\"near\",region=\"eu\"} 0.25\n",
             "cloudretro_worker_memory_bytes{worker=\"near\",region=\"eu\"} 314572800\n",
             "cloudretro_worker_round_trip_seconds{worker=\"near\",region=\"eu\"} 0.0015\n",
             "cloudretro_worker_draining{worker=\"near#2\",region=\"\"} 1\n",
             "{worker=\"odd \\\"name\\\" \\\\ of\\ntwo lines\",region=\"\"}",
             "cloudretro_rooms{system=\"nes\"} 2\n", "cloudretro_players 3\n",
             "cloudretro_failures_total{code=\"no-capacity\"} 7\n",
             "cloudretro_input_to_picture_seconds_bucket{le=\"0.02\"} 0\n",
             "cloudretro_input_to_picture_seconds_bucket{le=\"0.025\"} 1\n",
             "cloudretro_input_part_seconds_total{part=\"waiting\"} 0.5\n",
             "cloudretro_room_input_to_picture_median_seconds{room=\"2\",system=\"nes\"} 0.021\n",
             "cloudretro_room_input_to_picture_slow_seconds{room=\"2\",system=\"nes\"} 0.04\n"}) {
        CHECK_THAT(text, Contains(line));
    }
    CHECK_THAT(text, !Contains("round_trip_seconds{worker=\"near#2\""));
}

TEST_CASE("a histogram counts what took at most so long") {
    const auto text = prometheusText(example());
    for (const auto* line : {"_bucket{le=\"0.1\"} 0\n", "_bucket{le=\"0.25\"} 1\n", "_bucket{le=\"4\"} 2\n",
             "_bucket{le=\"30\"} 2\n", "_bucket{le=\"+Inf\"} 3\n", "_sum 103.2\n", "_count 3\n"})
        CHECK_THAT(text, Contains(std::string("cloudretro_game_start_seconds") + line));
}

TEST_CASE("a start is timed from the order to the running game") {
    Tally tally;
    const Tally::Time now{1h};
    const auto order = [&](const char* room) {
        protocol::OpenRoom message;
        message.room = room;
        tally.toWorker(message, now);
    };
    order("a");
    order("b");
    tally.fromWorker(protocol::RoomOpened{"a", 2, {}}, now + 300ms);
    tally.fromWorker(protocol::RoomOpened{"a", 2, {}}, now + 9s); // once is enough
    tally.fromWorker(protocol::RoomClosed{"b", {}}, now + 1s);
    tally.fromWorker(protocol::RoomOpened{"b", 2, {}}, now + 2s);
    tally.fromWorker(protocol::RoomOpened{"unknown", 2, {}}, now);
    CHECK(tally.starts().count == 1);
    CHECK(tally.starts().sum == Approx(0.3));
}

TEST_CASE("failures are counted by code, however many codes there are") {
    Tally tally;
    for (int i = 0; i < 1000; ++i) tally.toBrowser(protocol::Failed{{"code" + std::to_string(i), "", ""}});
    tally.toBrowser(protocol::Failed{{"code0", "", ""}});
    tally.toBrowser(protocol::LibraryChanged{});
    CHECK(tally.failures().size() == 65);
    CHECK(tally.failures().at("code0") == 2);
    CHECK(tally.failures().at("other") == 1000 - 64);
}
