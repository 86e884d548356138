#pragma once
// Every message on every link, as one struct each: the one source for C++, JSON and the web client.
// `{"type": "join", "room": "…"}`: `type` chooses the struct, a missing field keeps its default, a field of
// the wrong kind makes the whole message invalid (base/json.hpp). `cloudretro --describe-protocol` prints
// them all.
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace cloudretro::protocol {

inline constexpr int version = 1;

#define CLOUDRETRO_FIELDS(...)                                                                               \
    static void fields([[maybe_unused]] auto& m, [[maybe_unused]] auto&& f) { __VA_ARGS__; }

// ---- Parts of messages ----

// What a person reads when something went wrong: what happened, and what to do about it.
struct Trouble {
    std::string code;    // stable, for programs: "unknown-game", "missing-core", "broken-game", …
    std::string message; // one sentence: the cause
    std::string remedy;  // one sentence: what to do
    CLOUDRETRO_FIELDS(f("code", m.code), f("message", m.message), f("remedy", m.remedy))
};

struct IceServer {
    std::vector<std::string> urls;
    std::string username, credential;
    CLOUDRETRO_FIELDS(f("urls", m.urls), f("username", m.username), f("credential", m.credential))
};

// A game of the library.
struct Game {
    std::string id;         // "<system>/<name>", the path of its URLs
    std::string system;     // "nes"
    std::string systemName; // "Nintendo Entertainment System"
    std::string name;       // the file's name without extension
    int seats = 2;
    bool playable = true; // some worker can run it now
    CLOUDRETRO_FIELDS(f("id", m.id), f("system", m.system), f("systemName", m.systemName), f("name", m.name),
        f("seats", m.seats), f("playable", m.playable))
};

// The shape of a running game's picture.
struct Picture {
    int width = 0, height = 0; // pixels, after rotation
    double aspect = 0;         // width : height as it should be shown
    double fps = 0;
    CLOUDRETRO_FIELDS(f("width", m.width), f("height", m.height), f("aspect", m.aspect), f("fps", m.fps))
};

// ---- browser ▶ coordinator ----

struct Hello { // first message on /ws
    static constexpr auto type = "hello";
    int version = 0;                 // protocol::version
    std::vector<std::string> codecs; // what RTCRtpReceiver offers: "H264", "VP8"
    std::string name;                // display name; may be empty
    CLOUDRETRO_FIELDS(f("version", m.version), f("codecs", m.codecs), f("name", m.name))
};

struct Start { // a new room
    static constexpr auto type = "start";
    std::string game; // Game::id
    CLOUDRETRO_FIELDS(f("game", m.game))
};

struct Join { // an existing room
    static constexpr auto type = "join";
    std::string room;
    CLOUDRETRO_FIELDS(f("room", m.room))
};

struct Answer {
    static constexpr auto type = "answer";
    std::string peer, sdp; // `peer` as in the offer
    CLOUDRETRO_FIELDS(f("peer", m.peer), f("sdp", m.sdp))
};

struct Candidate { // both ways
    static constexpr auto type = "candidate";
    std::string peer;
    int line = 0;          // sdpMLineIndex
    std::string candidate; // "candidate:…"
    CLOUDRETRO_FIELDS(f("peer", m.peer), f("line", m.line), f("candidate", m.candidate))
};

struct Retry { // the peer connection failed: make another, in the same seat
    static constexpr auto type = "retry";
    CLOUDRETRO_FIELDS()
};

struct Command {
    static constexpr auto type = "command";
    std::string action; // "pause", "resume", "reset"
    CLOUDRETRO_FIELDS(f("action", m.action))
};

struct Leave {
    static constexpr auto type = "leave";
    CLOUDRETRO_FIELDS()
};

using FromBrowser = std::variant<Hello, Start, Join, Answer, Candidate, Retry, Command, Leave>;

// ---- coordinator ▶ browser ----

struct Welcome { // answers Hello
    static constexpr auto type = "welcome";
    int version = protocol::version;
    std::vector<IceServer> iceServers;
    CLOUDRETRO_FIELDS(f("version", m.version), f("iceServers", m.iceServers))
};

struct Joined { // answers Start and Join; an Offer follows
    static constexpr auto type = "joined";
    std::string room;
    Game game;
    int seat = -1; // controller port, 0-based; -1: watching
    CLOUDRETRO_FIELDS(f("room", m.room), f("game", m.game), f("seat", m.seat))
};

struct Offer {
    static constexpr auto type = "offer";
    std::string peer, sdp;
    CLOUDRETRO_FIELDS(f("peer", m.peer), f("sdp", m.sdp))
};

struct PictureChanged {
    static constexpr auto type = "picture";
    Picture picture;
    CLOUDRETRO_FIELDS(f("picture", m.picture))
};

struct Failed { // the room or the wish to enter it is over
    static constexpr auto type = "failed";
    Trouble trouble;
    CLOUDRETRO_FIELDS(f("trouble", m.trouble))
};

struct Ended { // the game ended in good order
    static constexpr auto type = "ended";
    std::string message;
    CLOUDRETRO_FIELDS(f("message", m.message))
};

struct LibraryChanged { // fetch /api/games again
    static constexpr auto type = "libraryChanged";
    CLOUDRETRO_FIELDS()
};

using ToBrowser =
    std::variant<Welcome, Joined, Offer, Candidate, PictureChanged, Failed, Ended, LibraryChanged>;

// ---- coordinator ▶ worker ▶ room ----
// A worker hands each of these to the process of `room` as it came; it acts on OpenRoom itself first.

struct OpenRoom {
    static constexpr auto type = "openRoom";
    std::string room;
    std::string system, name;
    std::string file;      // absolute path of the game's file
    std::string core;      // libretro name: "nestopia"; filled in by the worker: the path of its .so
    std::string systemDir; // firmware; filled in by the worker
    std::string saveDir;   // filled in by the worker
    std::vector<std::string> options; // "key=value": core options that differ from their defaults
    int firstPort = 0, lastPort = 0;  // UDP ports for media, 0: any; filled in by the worker
    CLOUDRETRO_FIELDS(f("room", m.room), f("system", m.system), f("name", m.name), f("file", m.file),
        f("core", m.core), f("systemDir", m.systemDir), f("saveDir", m.saveDir), f("options", m.options),
        f("firstPort", m.firstPort), f("lastPort", m.lastPort))
};

struct AddPeer { // the room answers with PeerOffer
    static constexpr auto type = "addPeer";
    std::string room, peer;
    std::vector<std::string> codecs;
    int seat = -1;
    std::vector<IceServer> iceServers;
    CLOUDRETRO_FIELDS(f("room", m.room), f("peer", m.peer), f("codecs", m.codecs), f("seat", m.seat),
        f("iceServers", m.iceServers))
};

struct PeerAnswer {
    static constexpr auto type = "peerAnswer";
    std::string room, peer, sdp;
    CLOUDRETRO_FIELDS(f("room", m.room), f("peer", m.peer), f("sdp", m.sdp))
};

struct PeerCandidate { // both ways
    static constexpr auto type = "peerCandidate";
    std::string room, peer;
    int line = 0;
    std::string candidate;
    CLOUDRETRO_FIELDS(f("room", m.room), f("peer", m.peer), f("line", m.line), f("candidate", m.candidate))
};

struct RemovePeer {
    static constexpr auto type = "removePeer";
    std::string room, peer;
    CLOUDRETRO_FIELDS(f("room", m.room), f("peer", m.peer))
};

struct RoomCommand {
    static constexpr auto type = "roomCommand";
    std::string room, action; // "pause", "resume", "reset"
    CLOUDRETRO_FIELDS(f("room", m.room), f("action", m.action))
};

struct CloseRoom { // answered by RoomClosed
    static constexpr auto type = "closeRoom";
    std::string room;
    CLOUDRETRO_FIELDS(f("room", m.room))
};

using ToRoom = std::variant<OpenRoom, AddPeer, PeerAnswer, PeerCandidate, RemovePeer, RoomCommand, CloseRoom>;

struct Registered { // answers Register
    static constexpr auto type = "registered";
    CLOUDRETRO_FIELDS()
};

using ToWorker = std::variant<Registered, OpenRoom, AddPeer, PeerAnswer, PeerCandidate, RemovePeer,
    RoomCommand, CloseRoom>;

// ---- room ▶ worker ▶ coordinator ----

struct RoomOpened { // the game runs
    static constexpr auto type = "roomOpened";
    std::string room;
    int seats = 0;
    Picture picture;
    CLOUDRETRO_FIELDS(f("room", m.room), f("seats", m.seats), f("picture", m.picture))
};

struct RoomPicture {
    static constexpr auto type = "roomPicture";
    std::string room;
    Picture picture;
    CLOUDRETRO_FIELDS(f("room", m.room), f("picture", m.picture))
};

struct RoomClosed { // the room is gone, its process too; an empty trouble.code: in good order
    static constexpr auto type = "roomClosed";
    std::string room;
    Trouble trouble;
    CLOUDRETRO_FIELDS(f("room", m.room), f("trouble", m.trouble))
};

struct PeerOffer {
    static constexpr auto type = "peerOffer";
    std::string room, peer, sdp;
    CLOUDRETRO_FIELDS(f("room", m.room), f("peer", m.peer), f("sdp", m.sdp))
};

struct PeerGone { // the room dropped this peer; an empty trouble.code: it left
    static constexpr auto type = "peerGone";
    std::string room, peer;
    Trouble trouble;
    CLOUDRETRO_FIELDS(f("room", m.room), f("peer", m.peer), f("trouble", m.trouble))
};

using FromRoom = std::variant<RoomOpened, RoomPicture, RoomClosed, PeerOffer, PeerCandidate, PeerGone>;

struct Register { // first message on /worker
    static constexpr auto type = "register";
    int version = 0;
    std::string token;              // the shared secret
    std::string name;               // for people: the host's name
    std::vector<std::string> cores; // libretro names that this worker has
    CLOUDRETRO_FIELDS(f("version", m.version), f("token", m.token), f("name", m.name), f("cores", m.cores))
};

struct Status { // every second
    static constexpr auto type = "status";
    double cpu = 0;       // of the whole machine, 0..1
    double memoryMiB = 0; // of this worker and its rooms
    int rooms = 0;
    int capacity = 0; // rooms that would still fit
    CLOUDRETRO_FIELDS(
        f("cpu", m.cpu), f("memoryMiB", m.memoryMiB), f("rooms", m.rooms), f("capacity", m.capacity))
};

using FromWorker =
    std::variant<Register, Status, RoomOpened, RoomPicture, RoomClosed, PeerOffer, PeerCandidate, PeerGone>;

// ---- room ▶ emulator ----

struct Load {
    static constexpr auto type = "load";
    std::string core; // path of the .so
    std::string file; // path of the game
    std::string systemDir, saveDir;
    std::vector<std::string> options; // "key=value"
    CLOUDRETRO_FIELDS(f("core", m.core), f("file", m.file), f("systemDir", m.systemDir),
        f("saveDir", m.saveDir), f("options", m.options))
};

struct Pause {
    static constexpr auto type = "pause";
    CLOUDRETRO_FIELDS()
};

struct Resume {
    static constexpr auto type = "resume";
    CLOUDRETRO_FIELDS()
};

struct Reset {
    static constexpr auto type = "reset";
    CLOUDRETRO_FIELDS()
};

struct Quit { // unload and exit
    static constexpr auto type = "quit";
    CLOUDRETRO_FIELDS()
};

using ToEmulator = std::variant<Load, Pause, Resume, Reset, Quit>;

// ---- emulator ▶ room ----

struct Loaded { // the first frame follows
    static constexpr auto type = "loaded";
    std::string coreName, coreVersion;
    int width = 0, height = 0; // base geometry, before rotation
    double aspect = 0;         // as shown, before rotation
    double fps = 0, sampleRate = 0;
    int seats = 0; // controller ports that the core uses
    CLOUDRETRO_FIELDS(f("coreName", m.coreName), f("coreVersion", m.coreVersion), f("width", m.width),
        f("height", m.height), f("aspect", m.aspect), f("fps", m.fps), f("sampleRate", m.sampleRate),
        f("seats", m.seats))
};

struct TimingChanged { // at run time: SET_SYSTEM_AV_INFO, SET_GEOMETRY, SET_ROTATION
    static constexpr auto type = "timingChanged";
    double aspect = 0, fps = 0, sampleRate = 0;
    CLOUDRETRO_FIELDS(f("aspect", m.aspect), f("fps", m.fps), f("sampleRate", m.sampleRate))
};

struct LoadFailed { // the emulator exits
    static constexpr auto type = "loadFailed";
    Trouble trouble;
    CLOUDRETRO_FIELDS(f("trouble", m.trouble))
};

struct Shutdown { // the core ended the game itself; the emulator exits
    static constexpr auto type = "shutdown";
    CLOUDRETRO_FIELDS()
};

using FromEmulator = std::variant<Loaded, TimingChanged, LoadFailed, Shutdown>;

#undef CLOUDRETRO_FIELDS

}
