// A coordinator that is killed while a real game on a real worker is saved: what was acknowledged is there.
#include "scripted_worker.hpp"
#include "server.hpp"
#include "slowness.hpp"
#include "visitor.hpp"
#include "wait.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <set>

using namespace cloudretro;
using namespace cloudretro::test;
using namespace cloudretro::protocol;
using namespace std::chrono_literals;

namespace {

struct Mortal {
    const TempDir dir;
    const std::string key = "a key that nobody guesses";
    const std::string data = "--data-dir=" + (dir.path / "data").string(),
                      token = "--worker-token-file=" + dir.write("token", workerToken);
    std::optional<Server> coordinator{std::in_place, arguments(0)};
    const int port = coordinator->port();
    Server worker{{"--role=worker", "--coordinator=ws://127.0.0.1:" + std::to_string(port) + "/worker", token,
                      "--data-dir=" + (dir.path / "worker").string()},
        false};
    const std::string game = demoGame(*coordinator);
    std::string room;
    std::map<std::string, std::set<int>> acknowledged; // slot ▶ sequences

    std::vector<std::string> arguments(int at) const {
        return {"--role=coordinator", "--port=" + std::to_string(at), data, token};
    }
    void restart() { coordinator.emplace(arguments(port)); }

    // Saves into one slot after the other until the coordinator dies.
    void saveUntilKilled(std::chrono::milliseconds time) {
        Visitor player(port);
        player.greet(key);
        if (room.empty())
            player.send(start(game));
        else
            player.send(Join{room, ""});
        const auto joined = player.hear<Joined>();
        REQUIRE(joined);
        room = joined->room;
        const auto kill = base::Loop::after(time, [&] { coordinator->signal(SIGKILL); });
        for (int i = 0;; ++i) {
            const auto slot = std::to_string(1 + i % 3);
            player.send(SaveGame{slot, ""});
            const auto saved = player.hear<GameSaved>();
            if (!saved) return;
            if (saved->trouble.code.empty()) acknowledged[saved->slot].insert(saved->sequence);
        }
    }

    Reply ask(const std::string& rest) const {
        return get(coordinator->address("/api/saves/" + game + rest), {{"X-Player", key}});
    }

    // All but what newer ones pushed out of the history.
    void checkKept() const {
        std::map<std::string, std::set<int>> kept;
        for (const auto& version : base::Json::parse(ask("").body)) {
            if (version["kind"] != "state") continue;
            const auto slot = version["slot"].get<std::string>();
            const int sequence = version["sequence"].get<int>();
            kept[slot].insert(sequence);
            const auto bytes = ask("/state/" + slot + "/" + std::to_string(sequence));
            REQUIRE(bytes.status == 200);
            REQUIRE(double(bytes.body.size()) == version["size"].get<double>());
        }
        for (const auto& [slot, sequences] : acknowledged) {
            REQUIRE_FALSE(kept[slot].empty());
            CHECK(*kept[slot].rbegin() >= *sequences.rbegin());
            for (auto it = sequences.lower_bound(*kept[slot].begin()); it != sequences.end(); ++it)
                CHECK(kept[slot].contains(*it));
        }
    }
};

}

TEST_CASE("whenever the coordinator is killed, a game that runs goes on, and every save that its player was "
          "told of is there") {
    Mortal mortal;
    REQUIRE(until([&] { return getJson(mortal.coordinator->address("/healthz"))["workers"] == 1; }));
    std::mt19937 random(std::random_device{}());
    std::string room;
    for (int kills = 0; kills < 8; ++kills) {
        mortal.saveUntilKilled(std::chrono::milliseconds(200 + random() % 1500));
        if (room.empty()) room = mortal.room;
        CHECK(mortal.room == room);
        mortal.restart();
        mortal.checkKept();
    }
    std::size_t count = 0;
    for (const auto& [slot, sequences] : mortal.acknowledged) count += sequences.size();
    std::cout << "8 kills, " << count << " acknowledged saves\n";
    CHECK(count >= 8 / slowness);
    CHECK(run({"saves", "verify", mortal.data}).exitCode == 0);
}
