#pragma once
// The worker's side of a real room process with a real emulator and core.
#include "../../temp_dir.hpp"
#include "base/child.hpp"
#include "base/json.hpp"
#include "base/message_socket.hpp"
#include "cloudretro/ipc.hpp"
#include "viewer.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace cloudretro::test {

using namespace std::chrono_literals;

inline constexpr Buttons a = 1 << 8; // RETRO_DEVICE_ID_JOYPAD_A

inline const std::string build = std::getenv("CLOUDRETRO_TEST_BUILD");
inline const std::string nestopia = "/usr/lib/x86_64-linux-gnu/libretro/nestopia_libretro.so";
inline const std::string testcard = build + "/cores/test-lib/testcard_libretro.so";
inline std::string game(const std::string& name) { return build + "/cores/test-games/" + name; }

// A game in which the test core tries what it must not (cores/test/testcard/deeds.cpp).
inline std::string deedCard(const std::string& deed) {
    const auto file = build + "/test/" + deed + ".card";
    std::ofstream(file) << "deed=" << deed << "\n";
    return file;
}

// Runs the loop until `done`; false when that takes longer than anything here should.
inline bool waitFor(const std::function<bool()>& done, std::chrono::seconds patience = 60s) {
    bool late = false;
    const auto watchdog = base::Loop::after(patience, [&] { late = true; });
    const auto ticks = base::Loop::every(2ms, [] {}); // media threads change what `done` looks at
    while (!done() && !late) g_main_context_iteration(nullptr, TRUE);
    return !late;
}

// What a process has used so far: fields 14 and 15 of proc(5)'s stat, behind the name in brackets.
inline double cpuSecondsOf(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text(std::istreambuf_iterator<char>(file), {});
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / double(::sysconf(_SC_CLK_TCK));
}

// The worker's side of a room process.
class RoomUnderTest {
public:
    RoomUnderTest() {
        control_.onMessage = [this](std::string_view text) {
            auto message = base::decode<protocol::FromRoom>(text);
            REQUIRE(message);
            std::visit([this](auto& m) { handle(m); }, *message);
        };
        child_.onExit = [this](base::Exit exit) { exit_ = exit; };
    }

    void open(const std::string& core, const std::string& file, protocol::OpenRoom order = {}) {
        order.room = "room";
        order.keepDir = keepDir.path;
        order.core = core;
        order.file = file;
        order.saveDir = order.systemDir = build + "/test/saves";
        order.sandbox = "strict";
        send(order);
    }

    void add(const std::string& id, Viewer& viewer, const std::string& codec, int seat) {
        viewers_[id] = &viewer;
        viewer.onAnswer = [this, id](const std::string& sdp) { send(protocol::PeerAnswer{"room", id, sdp}); };
        viewer.onCandidate = [this, id](int line, const std::string& candidate) {
            send(protocol::PeerCandidate{"room", id, line, candidate});
        };
        send(protocol::AddPeer{"room", id, {codec}, {seat}, {}});
    }

    void remove(const std::string& id) {
        viewers_.erase(id);
        send(protocol::RemovePeer{"room", id});
    }

    template <class Message> void send(const Message& message) { control_.send(base::encode(message)); }

    std::optional<protocol::RoomOpened> opened;
    std::optional<protocol::RoomClosed> closed;
    std::optional<protocol::PeerGone> gone;
    std::optional<protocol::RoomPhoto> photo;
    std::optional<base::Exit> exit_;
    std::vector<protocol::RoomSaved> saved;
    std::vector<protocol::RoomNotSaved> notSaved;
    std::vector<protocol::RoomLoaded> loaded;
    const TempDir keepDir;
    int pid() const { return child_.pid(); }
    int emulatorPid() const { // 0: none at the moment
        const auto room = std::to_string(child_.pid());
        std::ifstream children("/proc/" + room + "/task/" + room + "/children");
        int pid = 0;
        children >> pid;
        return pid;
    }

private:
    void handle(protocol::RoomOpened& m) { opened = m; }
    void handle(protocol::RoomSaved& m) { saved.push_back(m); }
    void handle(protocol::RoomNotSaved& m) { notSaved.push_back(m); }
    void handle(protocol::RoomLoaded& m) { loaded.push_back(m); }
    void handle(protocol::RoomClosed& m) { closed = m; }
    void handle(protocol::RoomPicture&) {}
    void handle(protocol::PeerGone& m) { gone = m; }
    void handle(protocol::RoomPhoto& m) { photo = m; }
    void handle(protocol::PeerOffer& m) {
        if (viewers_.contains(m.peer)) viewers_[m.peer]->offer(m.sdp);
    }
    void handle(protocol::PeerCandidate& m) {
        if (viewers_.contains(m.peer)) viewers_[m.peer]->candidate(m.line, m.candidate);
    }

    static std::vector<base::Inherited> inherit(base::Fd end) {
        std::vector<base::Inherited> all;
        all.push_back({std::move(end), ipc::roomControlFd});
        return all;
    }

    base::SocketPair ends_ = base::makeSocketPair();
    base::Child child_{{"--role=room"}, inherit(std::move(ends_.theirs))};
    base::MessageSocket control_{std::move(ends_.ours)};
    std::map<std::string, Viewer*> viewers_;
};

}
