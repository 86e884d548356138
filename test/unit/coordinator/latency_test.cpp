#include "coordinator/latency.hpp"
#include "coordinator/tally.hpp"

#include <catch2/catch.hpp>

#include <limits>

using namespace cloudretro;
using namespace coordinator;
using namespace std::chrono_literals;
using protocol::InputLatency;

namespace {

const std::vector<double> means{1, 7, 1, 2, 1, 1, 8};

}

TEST_CASE("only latencies that can be are counted", "[latency]") {
    const auto nan = std::numeric_limits<double>::quiet_NaN(),
               infinite = std::numeric_limits<double>::infinity();
    CHECK(isSane({}));
    CHECK(isSane({{20}, means}));
    CHECK(isSane({std::vector<double>(64, 20), means}));
    CHECK_FALSE(isSane({std::vector<double>(65, 20), means}));
    CHECK_FALSE(isSane({{20}, {}}));
    CHECK_FALSE(isSane({{20}, {1, 2, 3}}));
    CHECK_FALSE(isSane({{}, means}));
    for (const double wrong : {-1.0, 10'001.0, nan, infinite, -infinite}) {
        CHECK_FALSE(isSane({{20, wrong}, means}));
        CHECK_FALSE(isSane({{20}, {1, 7, 1, wrong, 1, 1, 8}}));
    }
}

TEST_CASE("a minute of latencies is remembered, and no more than fit", "[latency]") {
    RecentLatency recent;
    const RecentLatency::Time now{1h};
    recent.add({100}, now);
    recent.add({10, 20}, now + 30s);
    std::vector<double> all;
    recent.addTo(all, now + 60s);
    CHECK(all == std::vector<double>{100, 10, 20});
    all.clear();
    recent.addTo(all, now + 61s);
    CHECK(all == std::vector<double>{10, 20});
    for (int i = 0; i < 1000; ++i) recent.add({5}, now + 61s);
    all.clear();
    recent.addTo(all, now + 61s);
    CHECK(all == std::vector<double>(256, 5));
}

TEST_CASE("a quantile is a value that was measured", "[latency]") {
    CHECK(quantile({}, 0.5) == -1);
    CHECK(quantile({7}, 0.95) == 7);
    std::vector<double> hundred;
    for (int i = 100; i > 0; --i) hundred.push_back(i);
    CHECK(quantile(hundred, 0.5) == 50);
    CHECK(quantile(hundred, 0.95) == 95);
    CHECK(quantile(hundred, 1) == 100);
}

TEST_CASE("a room keeps its number while it lives, then another gets it", "[latency]") {
    RoomNumbers numbers;
    using Numbers = std::map<std::string, int>;
    CHECK(numbers.number({"b", "a"}) == Numbers{{"a", 1}, {"b", 2}});
    CHECK(numbers.number({"b", "c"}) == Numbers{{"b", 2}, {"c", 1}});
    for (int i = 0; i < 100; ++i) numbers.number({"b", "room" + std::to_string(i)});
    CHECK(numbers.number({"b", "d"}) == Numbers{{"b", 2}, {"d", 1}});
}

TEST_CASE("what browsers report of their inputs is summed up, by part", "[latency]") {
    Tally tally;
    protocol::Report report{{}, {{20, 22, 60}, means}};
    tally.fromBrowser(report);
    report.latency.samples = {-1};
    tally.fromBrowser(report);
    tally.fromBrowser(protocol::Leave{});
    CHECK(tally.inputs().count == 3);
    CHECK(tally.inputs().sum == Approx(0.102));
    CHECK(tally.inputs().within[3] == 1); // 20 ms
    CHECK(tally.inputParts()[1] == Approx(0.021));
}
