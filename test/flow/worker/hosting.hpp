#pragma once
// A real worker with real rooms, a coordinator that the test plays, and a viewer.
#include "../room/viewer.hpp"
#include "fake_coordinator.hpp"
#include "server.hpp"
#include "wait.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <memory>
#include <optional>

namespace cloudretro::test {

inline const std::string builtGames =
    std::string(std::getenv("CLOUDRETRO_TEST_BUILD")) + "/cores/test-games/";

struct Hosting {
    explicit Hosting(std::vector<std::string> flags = {}) : flags_(std::move(flags)) {
        dir.write("token", token);
        coordinator.onMessage = [this](const protocol::FromWorker& message) { route(message); };
        startWorker();
    }

    void startWorker() {
        const auto before = coordinator.count<protocol::Register>();
        std::vector<std::string> arguments{"--role=worker", "--coordinator=" + coordinator.url(),
            "--worker-token-file=" + (dir.path / "token").string(), "--data-dir=" + dataDir().string(),
            "--shared-games", "--drain-time=0",
            "--cores-dir=" + std::filesystem::path(binary()).parent_path().string() + "/cores/test-lib"};
        arguments.insert(arguments.end(), flags_.begin(), flags_.end());
        worker = std::make_unique<Server>(arguments, false);
        REQUIRE(until([&] { return coordinator.count<protocol::Register>() > before; }));
    }

    // A room with this game, which `viewer` watches and plays.
    void open(const std::string& core, const std::string& file, protocol::OpenRoom order = {}) {
        order.room = room;
        order.system = "test";
        order.name = "game";
        order.core = core;
        order.file = file;
        if (!order.epoch) order.epoch = 7;
        coordinator.send(order);
        connect("peer");
    }
    void connect(const std::string& peer) {
        viewer.emplace("VP8");
        viewer->onAnswer = [this, peer](const std::string& sdp) {
            coordinator.send(protocol::PeerAnswer{room, peer, sdp});
        };
        viewer->onCandidate = [this, peer](int line, const std::string& candidate) {
            coordinator.send(protocol::PeerCandidate{room, peer, line, candidate});
        };
        peer_ = peer;
        coordinator.send(protocol::AddPeer{room, peer, {"VP8"}, {0}, {}});
    }
    void play(std::uint32_t frames) {
        REQUIRE(until([&] { return viewer->count() > 0; }));
        const auto wanted = viewer->count() + frames;
        REQUIRE(until([&] { return viewer->count() >= wanted; }));
    }
    // The elder of the processes: the other one is the warm spare.
    int roomPid() const {
        const auto all = worker->processesOf("room");
        return all.empty() ? 0 : all.front();
    }
    std::filesystem::path dataDir() const { return dir.path / "data"; }
    std::vector<std::string> filesIn(const std::string& folder) const {
        std::vector<std::string> names;
        std::error_code error;
        // The worker removes files meanwhile.
        auto at = std::filesystem::recursive_directory_iterator(dataDir() / folder, error);
        for (; !error && at != std::filesystem::recursive_directory_iterator(); at.increment(error))
            if (std::error_code gone; at->is_regular_file(gone) && at->path().filename() != "lock")
                names.push_back(at->path().filename());
        if (error) names.emplace_back("changing");
        return names;
    }

    const std::string room = "room", token = std::string(40, 't');
    const TempDir dir;
    FakeCoordinator coordinator{token};
    std::optional<Viewer> viewer;
    std::unique_ptr<Server> worker;

private:
    void route(const protocol::FromWorker& message) {
        if (const auto* offer = std::get_if<protocol::PeerOffer>(&message); offer && offer->peer == peer_)
            viewer->offer(offer->sdp);
        const auto* candidate = std::get_if<protocol::PeerCandidate>(&message);
        if (candidate && candidate->peer == peer_) viewer->candidate(candidate->line, candidate->candidate);
    }

    const std::vector<std::string> flags_;
    std::string peer_;
};

}
