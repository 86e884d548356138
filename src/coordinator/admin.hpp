#pragma once
// What the admin page shows and asks for: the JSON of /api/admin. (docs/security.md)
#include "cloudretro/protocol.hpp"

#include <string>
#include <vector>

namespace cloudretro::coordinator {

// Figures of connections: milliseconds, or -1: not measured (yet).

struct AdminWorker {
    std::string id, name, region;
    double cpu = 0;       // of the whole machine, 0..1
    double memoryMiB = 0; // of the worker and its rooms
    int rooms = 0;
    int capacity = 0; // further rooms
    int players = 0;
    double roundTrip = -1;
    bool draining = false; // takes no new rooms
    std::vector<std::string> cores;
    std::string version;
    std::vector<std::string> sandbox; // the layers around the last game that began there
    static void fields(auto& m, auto&& f) {
        f("id", m.id), f("name", m.name), f("region", m.region), f("cpu", m.cpu), f("memoryMiB", m.memoryMiB),
            f("rooms", m.rooms), f("capacity", m.capacity), f("players", m.players),
            f("roundTrip", m.roundTrip), f("draining", m.draining), f("cores", m.cores),
            f("version", m.version), f("sandbox", m.sandbox);
    }
};

struct AdminPlayer {
    std::string name;
    std::vector<int> seats; // 0-based
    bool away = false;      // the page is gone; it may come back
    double roundTrip = -1;
    double lost = -1;    // of the packets, 0..1
    double bitrate = -1; // bit/s that reach it
    double latency = -1; // from input to picture, the median of the last minute
    static void fields(auto& m, auto&& f) {
        f("name", m.name), f("seats", m.seats), f("away", m.away), f("roundTrip", m.roundTrip),
            f("lost", m.lost), f("bitrate", m.bitrate), f("latency", m.latency);
    }
};

struct AdminRoom {
    std::string id;
    std::string game, system; // the name, "nes"
    std::string worker;       // AdminWorker::id; empty: its link is lost
    std::vector<AdminPlayer> players;
    int observers = 0;
    bool isPublic = false, locked = false, paused = false;
    double age = 0;                        // seconds
    std::string picture;                   // path of a thumbnail; another path when it changed; empty: none
    std::string why;                       // why this worker
    double latency = -1, slowLatency = -1; // of all its players, the median and what one in twenty exceeds
    static void fields(auto& m, auto&& f) {
        f("id", m.id), f("game", m.game), f("system", m.system), f("worker", m.worker),
            f("players", m.players), f("observers", m.observers), f("public", m.isPublic),
            f("locked", m.locked), f("paused", m.paused), f("age", m.age), f("picture", m.picture),
            f("why", m.why), f("latency", m.latency), f("slowLatency", m.slowLatency);
    }
};

struct AdminView {
    std::vector<AdminWorker> workers;
    std::vector<AdminRoom> rooms;
    static void fields(auto& m, auto&& f) { f("workers", m.workers), f("rooms", m.rooms); }
};

// POST /api/admin/drain
struct AdminDrain {
    std::string worker; // AdminWorker::id; empty: its link is lost
    bool on = true;
    static void fields(auto& m, auto&& f) { f("worker", m.worker), f("on", m.on); }
};

// POST /api/admin/close
struct AdminClose {
    std::string room;
    static void fields(auto& m, auto&& f) { f("room", m.room); }
};

// POST /api/admin/message
struct AdminMessage {
    static constexpr std::size_t maxText = 2000; // bytes
    std::string room;                            // empty: everybody
    std::string text;
    static void fields(auto& m, auto&& f) { f("room", m.room), f("text", m.text); }
};

}
