#pragma once
// What this process was asked to do: flags over environment (CLOUDRETRO_*) over file (cloudretro.toml) over
// defaults. Read once, before any other thing; plain values after that.
#include "cloudretro/protocol.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cloudretro::base {

enum class Role { All, Coordinator, Worker, Room, Emulator, Relay };
const char* nameOf(Role role);

// UDP ports for media; 0-0: whatever the system gives.
struct PortRange {
    int first = 0, last = 0;
};

struct Config {
    Role role = Role::All;
    bool debug = false;

    // Coordinator
    std::string host = "0.0.0.0";
    int port = 8000;                     // 0: any free one
    std::vector<std::string> gamesDirs;  // default: <dataDir>/games
    std::vector<std::string> catalogues; // further catalogues, over the built-in one
    std::string webroot;                 // a folder to serve the web client from; empty: the built-in one
    std::vector<protocol::IceServer> iceServers;
    std::string turnSecretFile;          // what the TURN servers without a user know
    int roomGrace = 60;                  // seconds that an empty room waits for its players
    std::map<std::string, int> runAhead; // "nes/flash" to frames, 1..3
    // Where the contents of saves are; without a bucket in <dataDir>/cloudretro.db.
    std::string s3Endpoint, s3Bucket, s3Region = "us-east-1", s3CredentialsFile;
    std::string password, passwordFile; // one of them: guards the whole server; empty: open to all
    std::string adminTokenFile;         // empty: no admin page

    // Worker
    std::string coordinator = "ws://127.0.0.1:8000/worker";
    std::vector<std::string> coresDirs;       // searched first
    std::string systemDir;                    // firmware; default: <dataDir>/system
    int maxRooms = 0;                         // 0: as many as fit
    PortRange mediaPorts;                     // handed to rooms in OpenRoom
    int mediaPort = 0;                        // one UDP port for all instead; 0: none
    std::vector<std::string> publicAddresses; // by which it is reached from outside
    std::string region;                       // what its owner calls its place
    bool sharedGames = false;                 // the coordinator's files are here, under the same paths
    int cacheSize = 10240;                    // MiB of files fetched from the coordinator
    int drainTime = 20;                       // seconds that its games may go on after SIGTERM
    std::string sandbox = "auto";             // of emulators: "auto", "strict", "off"
    bool earlyFrames = true;                  // where states are cheap

    // Both
    std::string dataDir;         // default: $XDG_DATA_HOME/cloudretro
    std::string workerTokenFile; // the shared secret; default: <dataDir>/worker.token
};

enum class Request { Serve, Saves, CheckConfig, DescribeProtocol, Nothing /* help or version was printed */ };

// `cloudretro saves ACTION [PATH]`.
struct SavesCommand {
    std::string action; // verify, gc, export or import
    std::string path;   // of the last two
};

struct CommandLine {
    Request request = Request::Serve;
    Config config;
    SavesCommand saves;
};

// Throws Failure: code "usage" for wrong flags, "config" for a wrong environment or file.
CommandLine readCommandLine(int argc, const char* const* argv);

// "stun:host:port", "turn:user:password@host:port", "turn:host:port"; throws Failure "config".
protocol::IceServer parseIceServer(std::string_view text);

// "50000-50100"; throws Failure "config".
PortRange parsePortRange(std::string_view text);

// "nes/flash=2": a game and 0..3 frames; throws Failure "config".
std::pair<std::string, int> parseRunAhead(std::string_view text);

// The folder of the running binary.
std::filesystem::path binaryDir();

}
