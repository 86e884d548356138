#include "base/config.hpp"

#include "base/failure.hpp"
#include "base/glib.hpp"
#include "base/saves_flags.hpp"
#include "base/toml.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

namespace cloudretro::base {
namespace {

namespace fs = std::filesystem;

const std::map<std::string, Role> roles{{"all", Role::All}, {"coordinator", Role::Coordinator},
    {"worker", Role::Worker}, {"room", Role::Room}, {"emulator", Role::Emulator}, {"relay", Role::Relay}};

// What the flags say in words, before it is understood.
struct Words {
    explicit Words(Config& into) : config(into) {}

    Config& config;
    std::string role = "all", file, mediaPorts, earlyFrames = "auto";
    std::vector<std::string> iceServers, runAhead;
    bool check = false, describe = false;
};

[[noreturn]] void failUsage(const std::string& message) {
    throw Failure("usage", message, "Run cloudretro --help for the list of flags.");
}

[[noreturn]] void failConfig(const std::string& message, const std::string& remedy) {
    throw Failure("config", message, remedy);
}

std::string complainOfAddress(const std::string& text) {
    return g_hostname_is_ip_address(text.c_str()) ? "" : "\"" + text + "\" is not an IP address";
}

void declareFlags(CLI::App& app, Words& words) {
    auto& c = words.config;
    app.add_option("--role", words.role, "all, coordinator or worker")->capture_default_str();
    app.add_option("--config", words.file,
        "Configuration file (default: cloudretro.toml in the user's or /etc's cloudretro folder)");
    app.add_option("--data-dir", c.dataDir, "Where games and saves are kept");
    app.add_option(
        "--worker-token-file", c.workerTokenFile, "File with the secret that workers prove themselves by");
    app.add_flag("--debug", c.debug, "Log more");
    app.add_flag("--check-config", words.check, "Check the configuration and exit");
    app.add_flag("--describe-protocol", words.describe, "Print every message as JSON and exit");
    app.set_version_flag("--version", "cloudretro " CLOUDRETRO_VERSION);

    const char* group = "Coordinator";
    app.add_option("--host,--address", c.host, "Address to listen on")->capture_default_str()->group(group);
    app.add_option("--port", c.port, "Port to listen on; 0: any free one")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str()
        ->group(group);
    app.add_option("--games-dir", c.gamesDirs, "Folder with a folder of games per system; repeatable")
        ->group(group);
    app.add_option("--catalogue", c.catalogues, "Further catalogue of systems and cores; repeatable")
        ->group(group);
    app.add_option("--webroot", c.webroot, "Serve the web client from this folder")->group(group);
    app.add_option("--ice-server", words.iceServers,
           "stun:host:port or turn:user:password@host:port or turn:host:port; repeatable")
        ->group(group);
    app.add_option("--turn-secret-file", c.turnSecretFile,
           "File with the secret that TURN servers share (coturn: static-auth-secret); they need no user "
           "then")
        ->group(group);
    app.add_option("--room-grace", c.roomGrace, "Seconds that an empty room waits for its players")
        ->check(CLI::Range(0, 86400))
        ->capture_default_str()
        ->group(group);
    app.add_option("--run-ahead", words.runAhead,
           "Frames, up to 3, by which a game's picture is ahead of it: SYSTEM/NAME=FRAMES; repeatable")
        ->group(group);
    app.add_option("--password-file", c.passwordFile, "File with the password that guards the server")
        ->group(group);
    app.add_option("--password", c.password, "The password itself: others on this machine can see it")
        ->group(group);
    app.add_option("--admin-token-file", c.adminTokenFile,
           "File with the secret that opens /admin; without it: closed")
        ->group(group);

    declareS3Flags(app, c);

    group = "Worker";
    app.add_option("--coordinator", c.coordinator, "Address of the coordinator")
        ->capture_default_str()
        ->group(group);
    app.add_option("--cores-dir", c.coresDirs, "Folder with libretro cores; repeatable")->group(group);
    app.add_option("--system-dir", c.systemDir, "Folder with firmware (BIOS files)")->group(group);
    app.add_option("--max-rooms", c.maxRooms, "Most rooms at a time; 0: as many as fit")
        ->check(CLI::Range(0, 10000))
        ->capture_default_str()
        ->group(group);
    app.add_option("--media-ports", words.mediaPorts, "UDP ports for media: FIRST-LAST")->group(group);
    app.add_option("--media-port", c.mediaPort, "One UDP port for all media instead; 0: none")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str()
        ->group(group);
    app.add_option("--public-address", c.publicAddresses,
           "IP address by which --media-port is reached from outside; repeatable")
        ->check(CLI::Validator(complainOfAddress, "IP"))
        ->group(group);
    app.add_option("--region", c.region, "What to call the place of this worker: eu, upstairs, …")
        ->group(group);
    app.add_flag("--shared-games", c.sharedGames,
           "Read the coordinator's games and firmware from the same paths here, fetch nothing")
        ->group(group);
    app.add_option("--cache-size", c.cacheSize, "MiB that games fetched from the coordinator may take")
        ->check(CLI::Range(1, 1 << 30))
        ->capture_default_str()
        ->group(group);
    app.add_option("--drain-time", c.drainTime, "Seconds that its games may go on after SIGTERM")
        ->check(CLI::Range(0, 86400))
        ->capture_default_str()
        ->group(group);
    app.add_option("--sandbox", c.sandbox, "How emulators are confined: as far as the system can, fully, not")
        ->check(CLI::IsMember({"auto", "strict", "off"}))
        ->capture_default_str()
        ->group(group);
    app.add_option("--early-frames", words.earlyFrames,
           "Show what a button does before the next frame is due: where it is cheap, never")
        ->check(CLI::IsMember({"auto", "off"}))
        ->capture_default_str()
        ->group(group);
    app.footer(
        "Every flag can also be given as an environment variable (--games-dir as CLOUDRETRO_GAMES_DIR, "
        "several values separated by commas) and as a key of the configuration file (games-dir = [\"…\"]).\n"
        "Flags win over the environment, the environment over the file.");
}

std::string variableOf(const CLI::Option& option) {
    std::string name = "CLOUDRETRO_" + option.get_lnames().front();
    for (auto& c : name) c = c == '-' ? '_' : char(std::toupper(static_cast<unsigned char>(c)));
    return name;
}

bool isList(const CLI::Option& option) { return option.get_expected_max() > 1; }

// Settings have values in the environment and the file; the other flags ask for something to be done now.
bool isSetting(const CLI::Option& option) {
    static const std::set<std::string> actions{"help", "version", "check-config", "describe-protocol"};
    return !option.get_lnames().empty() && !actions.contains(option.get_lnames().front());
}

// Gives an option that has no value yet the values of a weaker source.
void supply(CLI::Option& option, const std::vector<std::string>& values, const std::string& source) {
    try {
        for (const auto& value : values) option.add_result(value);
        option.run_callback();
    } catch (const CLI::Error& error) {
        failConfig(source + " is not valid: " + error.what() + ".",
            "Correct it; cloudretro --help tells what it means.");
    }
}

void readEnvironment(CLI::App& app) {
    for (auto* option : app.get_options()) {
        if (option->count() || !isSetting(*option)) continue;
        const auto variable = variableOf(*option);
        const char* value = std::getenv(variable.c_str());
        if (!value || !*value) continue;
        supply(*option, isList(*option) ? CLI::detail::split(value, ',') : std::vector<std::string>{value},
            "The environment variable " + variable);
    }
}

std::vector<std::string> textsOf(const toml::node& node) {
    std::vector<std::string> texts;
    const auto add = [&](const toml::node& item) {
        if (auto text = item.value_exact<std::string>())
            texts.push_back(*text);
        else if (auto number = item.value_exact<std::int64_t>())
            texts.push_back(std::to_string(*number));
        else if (auto flag = item.value_exact<bool>())
            texts.push_back(*flag ? "true" : "false");
    };
    if (const auto* array = node.as_array())
        for (const auto& item : *array) add(item);
    else
        add(node);
    return texts;
}

void readFile(CLI::App& app, const std::string& path) {
    for (const auto& [key, node] : readToml(path)) {
        const std::string name(key.str());
        auto* option = app.get_option_no_throw("--" + name);
        if (!option || !isSetting(*option) || name == "config")
            failConfig("The configuration file " + path + " has the unknown key \"" + name + "\".",
                "Remove it, or see cloudretro --help for the names of all keys.");
        const auto texts = textsOf(node);
        if (texts.empty() || (texts.size() > 1 && !isList(*option)))
            failConfig("The key \"" + name + "\" in " + path + " has a value of the wrong kind.",
                "Give it a text or number, or a list of texts if the flag is repeatable.");
        if (!option->count()) supply(*option, texts, "The key \"" + name + "\" in " + path);
    }
}

// The file that nobody named: used if it exists.
std::string usualFile() {
    for (const char* dir : {g_get_user_config_dir(), "/etc"}) {
        const auto path = fs::path(dir) / "cloudretro" / "cloudretro.toml";
        std::error_code ignored;
        if (fs::is_regular_file(path, ignored)) return path.string();
    }
    return {};
}

void understand(Words& words) {
    auto& c = words.config;
    if (!words.mediaPorts.empty()) c.mediaPorts = parsePortRange(words.mediaPorts);
    for (const auto& text : words.runAhead) c.runAhead.insert(parseRunAhead(text));
    c.earlyFrames = words.earlyFrames != "off";
    for (const auto& text : words.iceServers) c.iceServers.push_back(parseIceServer(text));

    if (!c.password.empty() && !c.passwordFile.empty())
        failConfig("There are two passwords: --password and --password-file.", "Leave one of them out.");
    if (c.dataDir.empty()) c.dataDir = fs::path(g_get_user_data_dir()) / "cloudretro";
    understandS3(c);
    const fs::path data(c.dataDir);
    if (c.gamesDirs.empty()) c.gamesDirs = {data / "games"};
    if (c.systemDir.empty()) c.systemDir = data / "system";
    if (c.workerTokenFile.empty()) c.workerTokenFile = data / "worker.token";
    for (auto* path : {&c.dataDir, &c.systemDir, &c.workerTokenFile}) *path = fs::absolute(*path);
    if (!c.s3CredentialsFile.empty()) c.s3CredentialsFile = fs::absolute(c.s3CredentialsFile);
    for (auto& path : c.gamesDirs) path = fs::absolute(path);
    for (auto& path : c.coresDirs) path = fs::absolute(path);
}

Role roleOf(const std::string& name) {
    if (const auto role = roles.find(name); role != roles.end()) return role->second;
    failUsage("There is no role \"" + name + "\": it is all, coordinator or worker.");
}

}

const char* nameOf(Role role) {
    for (const auto& [name, value] : roles)
        if (value == role) return name.c_str();
    return "";
}

CommandLine readCommandLine(int argc, const char* const* argv) {
    CommandLine line;
    Words words(line.config);
    CLI::App app("Cloudretro: play retro games in the browser.", "cloudretro");
    declareFlags(app, words);
    declareSavesCommand(app, line.saves);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& answer) { // --help, --version
        app.exit(answer);
        return {Request::Nothing, {}, {}};
    } catch (const CLI::ParseError& error) { failUsage(std::string(error.what()) + "."); }
    line.config.role = roleOf(words.role);
    if (line.config.role == Role::Room || line.config.role == Role::Emulator)
        return line; // told by their parents
    readEnvironment(app);
    if (words.file.empty()) words.file = usualFile();
    if (!words.file.empty()) readFile(app, words.file);
    line.config.role = roleOf(words.role);
    understand(words);
    if (!line.saves.action.empty()) line.request = Request::Saves;
    if (words.check) line.request = Request::CheckConfig;
    if (words.describe) line.request = Request::DescribeProtocol;
    return line;
}

fs::path binaryDir() {
    std::error_code error;
    return fs::read_symlink("/proc/self/exe", error).parent_path();
}

}
