#pragma once
// Every message on every link, as one struct each: the one source for C++, JSON and the web client.
// `{"type": "join", "room": "…"}`: `type` chooses the struct, a missing field keeps its default, a field of
// the wrong kind makes the whole message invalid (base/json.hpp). `cloudretro --describe-protocol` prints
// them all.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace cloudretro::protocol {

inline constexpr int version = 3;

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

// How well a browser is connected to its room, as it measured itself over the last second.
struct Quality {
    int roundTrip = -1; // ms; -1: not known yet
    int lost = 0;       // of 1000 packets
    int bitrate = 0;    // kbit/s that arrive
    int fps = 0;        // pictures shown
    CLOUDRETRO_FIELDS(
        f("roundTrip", m.roundTrip), f("lost", m.lost), f("bitrate", m.bitrate), f("fps", m.fps))
};

// What a browser measured of its player's input since its last report: from the key to the picture that it
// changed. Nothing, where the browser cannot tell.
struct InputLatency {
    static constexpr std::size_t maxSamples = 64;
    static constexpr double maxMs = 10'000;
    // The way of an input, in this order: on the network to the room, waiting for the next frame, in the
    // emulator, converting and encoding, on the network to the browser, decoding, until the screen shows it.
    static constexpr std::array parts{
        "network", "waiting", "emulation", "encoding", "delivery", "decoding", "display"};
    std::vector<double> samples; // ms; at most maxSamples
    std::vector<double> means;   // ms, of each part; they add up to the mean of the samples
    CLOUDRETRO_FIELDS(f("samples", m.samples), f("means", m.means))
};

// Somebody in a room, as everybody there sees them.
struct Person {
    std::string id; // for this stay in this room
    std::string name;
    std::vector<int> seats; // controller port that each of this browser's pads works, -1: none
    bool away = false;      // the page is gone; it may come back
    Quality quality;
    CLOUDRETRO_FIELDS(
        f("id", m.id), f("name", m.name), f("seats", m.seats), f("away", m.away), f("quality", m.quality))
};

// A worker as a browser measures its way to it: a STUN server that answers like an ICE peer
// (docs/network.md: how the nearest machine is found).
struct Landmark {
    std::string worker, region; // id; what its owner calls its place, may be empty
    std::string user, password; // ICE credentials
    std::string fingerprint;    // of a certificate; nobody gets as far as using it
    std::vector<std::string> candidates;
    CLOUDRETRO_FIELDS(f("worker", m.worker), f("region", m.region), f("user", m.user),
        f("password", m.password), f("fingerprint", m.fingerprint), f("candidates", m.candidates))
};

// What a browser measured; `worker` empty: to the coordinator.
struct RoundTrip {
    std::string worker;
    int ms = 0;
    CLOUDRETRO_FIELDS(f("worker", m.worker), f("ms", m.ms))
};

// A file that a worker needs, by its content: SHA-256 in hex.
struct GameFile {
    std::string name; // without folders
    std::string hash;
    double size = 0; // bytes
    CLOUDRETRO_FIELDS(f("name", m.name), f("hash", m.hash), f("size", m.size))
};

// A save in the store, for a room to go on from.
struct SavedBytes {
    std::string object; // SHA-256 of the compressed bytes (zstd): GET /worker/saves/<object>; empty: none
    double size = 0;    // bytes before compression
    std::string file;   // where the worker put the compressed bytes: an absolute path
    CLOUDRETRO_FIELDS(f("object", m.object), f("size", m.size), f("file", m.file))
};

// ---- browser ▶ coordinator ----

struct Hello { // first message on /ws
    static constexpr auto type = "hello";
    int version = 0;                 // protocol::version
    std::vector<std::string> codecs; // what RTCRtpReceiver offers: "H264", "VP8"
    std::string name;                // display name; may be empty
    std::string key;                 // the player's secret: who shows it again is the same player
    std::string tab;                 // a random name of the page, which survives reloading it
    CLOUDRETRO_FIELDS(
        f("version", m.version), f("codecs", m.codecs), f("name", m.name), f("key", m.key), f("tab", m.tab))
};

struct Start { // a new room
    static constexpr auto type = "start";
    std::string game;                  // Game::id
    std::vector<RoundTrip> roundTrips; // those that answered in time
    std::string region, worker;        // only there; empty: wherever it is best
    bool resume = false;               // go on where this player left it, if anywhere
    CLOUDRETRO_FIELDS(f("game", m.game), f("roundTrips", m.roundTrips), f("region", m.region),
        f("worker", m.worker), f("resume", m.resume))
};

struct Join { // an existing room, or the one that this page is in already
    static constexpr auto type = "join";
    std::string room;
    std::string peer; // of the connection to it that still stands; empty: none
    CLOUDRETRO_FIELDS(f("room", m.room), f("peer", m.peer))
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

struct TakeSeat { // with one of one's pads; the one that it worked before gets free
    static constexpr auto type = "takeSeat";
    int seat = -1; // -1: the first that is free
    int pad = 0;
    CLOUDRETRO_FIELDS(f("seat", m.seat), f("pad", m.pad))
};

struct LeaveSeat { // one's own; the host: anybody's
    static constexpr auto type = "leaveSeat";
    int seat = 0;
    CLOUDRETRO_FIELDS(f("seat", m.seat))
};

struct GiveSeat { // one's own (the host: anybody's) to `person`, who gives the seat in return that they have
    static constexpr auto type = "giveSeat";
    int seat = 0;
    std::string person;
    CLOUDRETRO_FIELDS(f("seat", m.seat), f("person", m.person))
};

struct SwapSeats { // the host, or who holds both
    static constexpr auto type = "swapSeats";
    int one = 0, other = 0;
    CLOUDRETRO_FIELDS(f("one", m.one), f("other", m.other))
};

struct SetRoom { // the host
    static constexpr auto type = "setRoom";
    bool locked = false;     // nobody new gets in
    bool listed = false;     // everybody sees it on the first page
    bool guestsSave = false; // whoever plays may save and load, not only the host
    CLOUDRETRO_FIELDS(f("locked", m.locked), f("listed", m.listed), f("guestsSave", m.guestsSave))
};

struct SaveGame { // a state, into the saves of the room's owner; answered by GameSaved
    static constexpr auto type = "saveGame";
    std::string slot = "1"; // "1" to "9"
    std::string name;       // may be empty
    CLOUDRETRO_FIELDS(f("slot", m.slot), f("name", m.name))
};

struct LoadGame { // answered by GameLoaded
    static constexpr auto type = "loadGame";
    std::string slot = "1"; // or "auto"
    int sequence = 0;       // of its history; 0: what it holds
    CLOUDRETRO_FIELDS(f("slot", m.slot), f("sequence", m.sequence))
};

struct UndoLoad { // back to the moment before the last load; answered by GameLoaded
    static constexpr auto type = "undoLoad";
    CLOUDRETRO_FIELDS()
};

struct Rewind { // while it is on, the game runs backwards
    static constexpr auto type = "rewind";
    bool on = false;
    CLOUDRETRO_FIELDS(f("on", m.on))
};

struct RemovePerson { // the host; who was removed does not get in again
    static constexpr auto type = "removePerson";
    std::string person;
    CLOUDRETRO_FIELDS(f("person", m.person))
};

struct EndRoom { // the host
    static constexpr auto type = "endRoom";
    CLOUDRETRO_FIELDS()
};

struct Rename {
    static constexpr auto type = "rename";
    std::string name;
    CLOUDRETRO_FIELDS(f("name", m.name))
};

struct Report { // every second or two
    static constexpr auto type = "report";
    Quality quality;
    InputLatency latency{};
    CLOUDRETRO_FIELDS(f("quality", m.quality), f("latency", m.latency))
};

struct Leave {
    static constexpr auto type = "leave";
    CLOUDRETRO_FIELDS()
};

using FromBrowser = std::variant<Hello, Start, Join, Answer, Candidate, Retry, Command, TakeSeat, LeaveSeat,
    GiveSeat, SwapSeats, SetRoom, SaveGame, LoadGame, UndoLoad, Rewind, RemovePerson, EndRoom, Rename, Report,
    Leave>;

// ---- coordinator ▶ browser ----

struct Welcome { // answers Hello
    static constexpr auto type = "welcome";
    int version = protocol::version;
    std::vector<IceServer> iceServers;
    std::string origin; // of links for others; empty: as in the address bar
    CLOUDRETRO_FIELDS(f("version", m.version), f("iceServers", m.iceServers), f("origin", m.origin))
};

struct Landmarks { // after Welcome, and whenever they change
    static constexpr auto type = "landmarks";
    std::vector<Landmark> landmarks;
    CLOUDRETRO_FIELDS(f("landmarks", m.landmarks))
};

struct Joined { // answers Start and Join; an Offer follows, unless the connection of Join stands
    static constexpr auto type = "joined";
    std::string room;
    Game game;
    std::string person; // Person::id of who reads this
    CLOUDRETRO_FIELDS(f("room", m.room), f("game", m.game), f("person", m.person))
};

struct RoomChanged { // who is here and what holds for all
    static constexpr auto type = "room";
    std::string host; // Person::id
    bool locked = false, listed = false, paused = false, guestsSave = false;
    std::vector<Person> people; // in the order in which they came
    CLOUDRETRO_FIELDS(f("host", m.host), f("locked", m.locked), f("listed", m.listed), f("paused", m.paused),
        f("guestsSave", m.guestsSave), f("people", m.people))
};

struct GameSaved { // to everybody in the room; an empty trouble.code: it is stored
    static constexpr auto type = "gameSaved";
    std::string slot;
    int sequence = 0;
    std::string person; // Person::id of who wanted it
    Trouble trouble;
    CLOUDRETRO_FIELDS(
        f("slot", m.slot), f("sequence", m.sequence), f("person", m.person), f("trouble", m.trouble))
};

struct GameLoaded { // to everybody in the room; an empty trouble.code: the game goes on from there
    static constexpr auto type = "gameLoaded";
    std::string slot; // empty: undone
    std::string person;
    Trouble trouble;
    CLOUDRETRO_FIELDS(f("slot", m.slot), f("person", m.person), f("trouble", m.trouble))
};

struct SavesChanged { // of this player and game: fetch /api/saves again
    static constexpr auto type = "savesChanged";
    std::string game;
    CLOUDRETRO_FIELDS(f("game", m.game))
};

struct Progress { // while a game starts: its file travels to the machine that runs it
    static constexpr auto type = "progress";
    double done = 0, total = 0; // bytes
    CLOUDRETRO_FIELDS(f("done", m.done), f("total", m.total))
};

struct Notice { // one sentence to everybody in a room, or on the server
    static constexpr auto type = "notice";
    std::string text;
    CLOUDRETRO_FIELDS(f("text", m.text))
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

struct RoomsChanged { // fetch /api/rooms again
    static constexpr auto type = "roomsChanged";
    CLOUDRETRO_FIELDS()
};

using ToBrowser = std::variant<Welcome, Landmarks, Joined, RoomChanged, GameSaved, GameLoaded, SavesChanged,
    Progress, Notice, Offer, Candidate, PictureChanged, Failed, Ended, LibraryChanged, RoomsChanged>;

// ---- coordinator ▶ worker ▶ room ----
// A worker hands each of these to the process of `room` as it came; it acts on OpenRoom itself first, and
// keeps KeepRecord to itself.

// Somebody in a room, as the coordinator remembers them.
struct MemberRecord {
    std::string id, player, tab, name; // Person::id; who it is; Hello::tab
    std::vector<int> seats;
    std::string peer; // empty: not connected
    std::vector<std::string> codecs;
    CLOUDRETRO_FIELDS(f("id", m.id), f("player", m.player), f("tab", m.tab), f("name", m.name),
        f("seats", m.seats), f("peer", m.peer), f("codecs", m.codecs))
};

// All that the coordinator knows of a room. Its worker keeps it, so that a coordinator that starts anew knows
// it again.
struct RoomRecord {
    std::string room;
    Game game;
    std::string host, owner; // Person::id; player whose saves the game uses
    bool locked = false, listed = false, paused = false, guestsSave = false;
    std::vector<std::string> banned; // players
    std::vector<MemberRecord> members;
    std::string why;  // this worker
    double epoch = 0; // of its saves: those of an earlier one are refused
    Start wish;       // of who started it
    std::string core; // libretro name: its states are of no use to another
    CLOUDRETRO_FIELDS(f("room", m.room), f("game", m.game), f("host", m.host), f("owner", m.owner),
        f("locked", m.locked), f("listed", m.listed), f("paused", m.paused), f("guestsSave", m.guestsSave),
        f("banned", m.banned), f("members", m.members), f("why", m.why), f("epoch", m.epoch),
        f("wish", m.wish), f("core", m.core))
};

struct OpenRoom {
    static constexpr auto type = "openRoom";
    std::string room;
    std::string system, name;
    std::string file; // absolute path of the game's file on the coordinator's machine; a worker elsewhere
                      // fetches `files` and fills in where it put the first of them
    std::vector<GameFile> files;    // the game's file and what it needs beside it; none: it shares ours
    std::vector<GameFile> firmware; // as far as the coordinator has some
    std::string core;               // libretro name: "nestopia"; filled in by the worker: the path of its .so
    std::string systemDir;          // firmware; filled in by the worker
    std::string saveDir;            // for the core's own files; filled in by the worker
    double epoch = 0;               // of what it saves
    SavedBytes state, sram, saveFiles; // to go on from; `saveFiles`: a tar of what was in saveDir
    std::string keepDir;               // where it puts what it saves (RoomSaved); filled in by the worker
    std::vector<std::string> options;  // "key=value": core options that differ from their defaults
    int firstPort = 0, lastPort = 0;   // UDP ports for media, 0: any; filled in by the worker
    bool relayed = false;         // its peers are reached by the worker's media port alone; filled in by it
    std::string sandbox = "auto"; // as in Load; filled in by the worker
    bool earlyFrames = true;      // as in Load; filled in by the worker
    int runAhead = 0;             // as in Load
    CLOUDRETRO_FIELDS(f("room", m.room), f("system", m.system), f("name", m.name), f("file", m.file),
        f("files", m.files), f("firmware", m.firmware), f("core", m.core), f("systemDir", m.systemDir),
        f("saveDir", m.saveDir), f("epoch", m.epoch), f("state", m.state), f("sram", m.sram),
        f("saveFiles", m.saveFiles), f("keepDir", m.keepDir), f("options", m.options),
        f("firstPort", m.firstPort), f("lastPort", m.lastPort), f("relayed", m.relayed),
        f("sandbox", m.sandbox), f("earlyFrames", m.earlyFrames), f("runAhead", m.runAhead))
};

struct AddPeer { // the room answers with PeerOffer
    static constexpr auto type = "addPeer";
    std::string room, peer;
    std::vector<std::string> codecs;
    std::vector<int> seats; // as Person::seats
    std::vector<IceServer> iceServers;
    CLOUDRETRO_FIELDS(f("room", m.room), f("peer", m.peer), f("codecs", m.codecs), f("seats", m.seats),
        f("iceServers", m.iceServers))
};

struct SeatPeer { // from now on
    static constexpr auto type = "seatPeer";
    std::string room, peer;
    std::vector<int> seats; // as Person::seats
    CLOUDRETRO_FIELDS(f("room", m.room), f("peer", m.peer), f("seats", m.seats))
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

struct TakePicture { // answered by RoomPhoto
    static constexpr auto type = "takePicture";
    std::string room;
    CLOUDRETRO_FIELDS(f("room", m.room))
};

struct SaveRoom { // now; answered by RoomSaved with this request, or RoomNotSaved
    static constexpr auto type = "saveRoom";
    std::string room;
    int request = 0; // from 1
    CLOUDRETRO_FIELDS(f("room", m.room), f("request", m.request))
};

struct LoadRoom { // into the running game; answered by RoomLoaded
    static constexpr auto type = "loadRoom";
    std::string room;
    int request = 0;
    SavedBytes state; // without an object: the moment before the last load
    CLOUDRETRO_FIELDS(f("room", m.room), f("request", m.request), f("state", m.state))
};

struct RewindRoom {
    static constexpr auto type = "rewindRoom";
    std::string room;
    bool on = false;
    CLOUDRETRO_FIELDS(f("room", m.room), f("on", m.on))
};

using ToRoom = std::variant<OpenRoom, AddPeer, SeatPeer, PeerAnswer, PeerCandidate, RemovePeer, RoomCommand,
    SaveRoom, LoadRoom, RewindRoom, TakePicture, CloseRoom>;

struct KeepRecord { // replaces the one before
    static constexpr auto type = "keepRecord";
    std::string room;
    RoomRecord record;
    CLOUDRETRO_FIELDS(f("room", m.room), f("record", m.record))
};

struct Drain { // take no new rooms, and leave when the last one is done; or do not, after all
    static constexpr auto type = "drain";
    bool on = true;
    CLOUDRETRO_FIELDS(f("on", m.on))
};

struct Ping { // answered by Pong at once
    static constexpr auto type = "ping";
    double time = 0; // ms, of the sender's clock
    CLOUDRETRO_FIELDS(f("time", m.time))
};

struct Registered { // answers Register
    static constexpr auto type = "registered";
    CLOUDRETRO_FIELDS()
};

using ToWorker = std::variant<Registered, OpenRoom, AddPeer, SeatPeer, PeerAnswer, PeerCandidate, RemovePeer,
    RoomCommand, SaveRoom, LoadRoom, RewindRoom, TakePicture, CloseRoom, KeepRecord, Drain, Ping>;

// ---- room ▶ worker ▶ coordinator ----

struct RoomOpened { // the game runs
    static constexpr auto type = "roomOpened";
    std::string room;
    int seats = 0;
    Picture picture;
    std::vector<std::string> sandbox{}; // as in Loaded
    CLOUDRETRO_FIELDS(
        f("room", m.room), f("seats", m.seats), f("picture", m.picture), f("sandbox", m.sandbox))
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

struct RoomPhoto { // a small one, for people who are not in the room
    static constexpr auto type = "roomPhoto";
    std::string room;
    std::string jpeg; // base64
    CLOUDRETRO_FIELDS(f("room", m.room), f("jpeg", m.jpeg))
};

struct RoomSaved { // room ▶ worker: in a file that is the worker's from now on
    static constexpr auto type = "roomSaved";
    std::string room;
    std::string kind; // "state" or "sram"
    std::string file; // in OpenRoom::keepDir, compressed (zstd)
    double size = 0;  // bytes before compression
    int request = 0;  // of SaveRoom; 0: by itself
    std::string core, coreVersion;
    std::string jpeg; // base64, of a state; may be empty
    CLOUDRETRO_FIELDS(f("room", m.room), f("kind", m.kind), f("file", m.file), f("size", m.size),
        f("request", m.request), f("core", m.core), f("coreVersion", m.coreVersion), f("jpeg", m.jpeg))
};

struct RoomNotSaved { // it stays unanswered otherwise
    static constexpr auto type = "roomNotSaved";
    std::string room;
    int request = 0;
    Trouble trouble;
    CLOUDRETRO_FIELDS(f("room", m.room), f("request", m.request), f("trouble", m.trouble))
};

struct RoomLoaded { // an empty trouble.code: the game goes on from there
    static constexpr auto type = "roomLoaded";
    std::string room;
    int request = 0;
    Trouble trouble;
    CLOUDRETRO_FIELDS(f("room", m.room), f("request", m.request), f("trouble", m.trouble))
};

using FromRoom = std::variant<RoomOpened, RoomPicture, RoomClosed, PeerOffer, PeerCandidate, PeerGone,
    RoomPhoto, RoomSaved, RoomNotSaved, RoomLoaded>;

struct RoomRestarted { // its process is another one, without peers; the game goes on from what it kept
    static constexpr auto type = "roomRestarted";
    std::string room;
    CLOUDRETRO_FIELDS(f("room", m.room))
};

// What a worker says of a save that it sends: the part "about" of POST /worker/saves (multipart/form-data;
// the others are "bytes", compressed, and "picture", a JPEG). 200: it is stored; 409: stale, and 4xx: never
// send it again; else send it again later.
struct SaveUpload {
    static constexpr auto type = "saveUpload";
    std::string room, kind; // "state", "sram" or "files"
    int request = 0;
    double epoch = 0; // of OpenRoom
    double size = 0;  // bytes before compression
    std::string core, coreVersion;
    CLOUDRETRO_FIELDS(f("room", m.room), f("kind", m.kind), f("request", m.request), f("epoch", m.epoch),
        f("size", m.size), f("core", m.core), f("coreVersion", m.coreVersion))
};

struct Register { // first message on /worker
    static constexpr auto type = "register";
    int version = 0;
    std::string token;              // the shared secret
    std::string id;                 // of this run of this worker: the same when it registers again
    std::string name;               // for people: the host's name
    std::vector<std::string> cores; // libretro names that this worker has
    Landmark landmark;              // where browsers can measure the way to it
    bool sharesGames = false;       // reads the coordinator's own files: none have to travel
    std::string build{};            // the program's version, for people
    CLOUDRETRO_FIELDS(f("version", m.version), f("token", m.token), f("id", m.id), f("name", m.name),
        f("cores", m.cores), f("landmark", m.landmark), f("sharesGames", m.sharesGames), f("build", m.build))
};

struct RoomKept { // for each of its rooms, when a worker registers again
    static constexpr auto type = "roomKept";
    std::string room;
    RoomRecord record;
    std::vector<std::string> peers; // that the room has
    bool open = false;              // the game runs
    Picture picture;                // while it does
    CLOUDRETRO_FIELDS(f("room", m.room), f("record", m.record), f("peers", m.peers), f("open", m.open),
        f("picture", m.picture))
};

struct FilesComing { // while a worker fetches what a room needs
    static constexpr auto type = "filesComing";
    std::string room;
    double done = 0, total = 0; // bytes
    CLOUDRETRO_FIELDS(f("room", m.room), f("done", m.done), f("total", m.total))
};

struct Pong {
    static constexpr auto type = "pong";
    double time = 0; // as in Ping
    CLOUDRETRO_FIELDS(f("time", m.time))
};

struct Status { // every second; the first one after Register ends the list of RoomKept
    static constexpr auto type = "status";
    double cpu = 0;       // of the whole machine, 0..1
    double memoryMiB = 0; // of this worker and its rooms
    int rooms = 0;
    int capacity = 0;      // rooms that would still fit
    bool draining = false; // takes no new ones
    // The layers around the last game that began here, or "none"; empty: none began yet.
    std::vector<std::string> sandbox{};
    CLOUDRETRO_FIELDS(f("cpu", m.cpu), f("memoryMiB", m.memoryMiB), f("rooms", m.rooms),
        f("capacity", m.capacity), f("draining", m.draining), f("sandbox", m.sandbox))
};

using FromWorker = std::variant<Register, RoomKept, Status, FilesComing, Pong, RoomOpened, RoomPicture,
    RoomClosed, PeerOffer, PeerCandidate, PeerGone, RoomPhoto, RoomRestarted, RoomNotSaved, RoomLoaded>;

// ---- room ▶ emulator ----

struct Load {
    static constexpr auto type = "load";
    std::string core; // path of the .so
    std::string file; // path of the game
    std::string systemDir, saveDir;
    std::vector<std::string> options;  // "key=value"
    std::string sandbox = "auto";      // or "strict", "off"
    int stateBytes = 0, sramBytes = 0; // to go on from: they stand in ipc::restored, in this order
    bool earlyFrames = true; // input between two frames corrects the one before, where states are cheap
    int runAhead = 0;        // frames, 0..3: the picture is of so many frames later, as far as it is known
    CLOUDRETRO_FIELDS(f("core", m.core), f("file", m.file), f("systemDir", m.systemDir),
        f("saveDir", m.saveDir), f("options", m.options), f("sandbox", m.sandbox),
        f("stateBytes", m.stateBytes), f("sramBytes", m.sramBytes), f("earlyFrames", m.earlyFrames),
        f("runAhead", m.runAhead))
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

struct TakeSnapshot { // now: SRAM if it changed, then the state; answered by it, or SnapshotFailed
    static constexpr auto type = "takeSnapshot";
    int request = 0; // from 1
    CLOUDRETRO_FIELDS(f("request", m.request))
};

struct LoadState { // into the running game; answered by StateLoaded
    static constexpr auto type = "loadState";
    int request = 0;
    int bytes = 0; // in ipc::restored
    CLOUDRETRO_FIELDS(f("request", m.request), f("bytes", m.bytes))
};

struct RunBackwards { // or forwards again; without sound, and only as far as the emulator kept states
    static constexpr auto type = "runBackwards";
    bool on = false;
    CLOUDRETRO_FIELDS(f("on", m.on))
};

struct Quit { // unload and exit
    static constexpr auto type = "quit";
    CLOUDRETRO_FIELDS()
};

using ToEmulator = std::variant<Load, Pause, Resume, Reset, TakeSnapshot, LoadState, RunBackwards, Quit>;

// ---- emulator ▶ room ----

struct Loaded { // the first frame follows
    static constexpr auto type = "loaded";
    std::string coreName, coreVersion;
    int width = 0, height = 0; // base geometry, before rotation
    double aspect = 0;         // as shown, before rotation
    double fps = 0, sampleRate = 0;
    int seats = 0;                    // controller ports that the core uses
    std::vector<std::string> sandbox; // the layers in force: "seccomp", "landlock", …
    bool restored = false;            // the game goes on from Load's state
    CLOUDRETRO_FIELDS(f("coreName", m.coreName), f("coreVersion", m.coreVersion), f("width", m.width),
        f("height", m.height), f("aspect", m.aspect), f("fps", m.fps), f("sampleRate", m.sampleRate),
        f("seats", m.seats), f("sandbox", m.sandbox), f("restored", m.restored))
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

struct SnapshotFailed { // the core cannot, or its state is larger than ipc::keptBytes
    static constexpr auto type = "snapshotFailed";
    int request = 0;
    CLOUDRETRO_FIELDS(f("request", m.request))
};

struct StateLoaded {
    static constexpr auto type = "stateLoaded";
    int request = 0;
    bool good = false; // else the core refused it, and the game goes on as it was
    CLOUDRETRO_FIELDS(f("request", m.request), f("good", m.good))
};

struct Shutdown { // the core ended the game itself; the emulator exits
    static constexpr auto type = "shutdown";
    CLOUDRETRO_FIELDS()
};

using FromEmulator = std::variant<Loaded, TimingChanged, LoadFailed, SnapshotFailed, StateLoaded, Shutdown>;

// ---- worker ▶ the process of its media port ----

struct Route { // who calls this ICE user is led to that UDP port of the loopback
    static constexpr auto type = "route";
    std::string user;
    int port = 0;
    CLOUDRETRO_FIELDS(f("user", m.user), f("port", m.port))
};

struct Unroute {
    static constexpr auto type = "unroute";
    std::string user;
    CLOUDRETRO_FIELDS(f("user", m.user))
};

using ToRelay = std::variant<Route, Unroute>;

#undef CLOUDRETRO_FIELDS

}
