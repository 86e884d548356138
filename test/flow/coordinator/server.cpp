#include "server.hpp"

#include "wait.hpp"

#include "base/files.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <cstdlib>

namespace cloudretro::test {
namespace {

base::Ref<GSubprocess> spawn(const std::vector<std::string>& arguments, const TempDir& home, int flags) {
    const auto launcher =
        base::Ref<GSubprocessLauncher>::adopt(g_subprocess_launcher_new(GSubprocessFlags(flags)));
    for (const auto* variable : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"})
        g_subprocess_launcher_setenv(launcher.get(), variable, home.path.c_str(), TRUE);
    const auto program = binary();
    std::vector<const char*> argv{program.c_str()};
    for (const auto& argument : arguments) argv.push_back(argument.c_str());
    argv.push_back(nullptr);
    base::Error error;
    auto process = base::Ref<GSubprocess>::adopt(
        g_subprocess_launcher_spawnv(launcher.get(), argv.data(), base::ErrorSlot(error)));
    REQUIRE(process);
    return process;
}

using Headers = std::vector<std::pair<std::string, std::string>>;

Reply send(const base::Ref<SoupMessage>& message, const Headers& headers) {
    const auto session = base::Ref<SoupSession>::adopt(soup_session_new());
    Reply reply;
    reply.message = message;
    soup_message_add_flags(message.get(), SOUP_MESSAGE_NO_REDIRECT);
    for (const auto& [name, value] : headers)
        soup_message_headers_append(
            soup_message_get_request_headers(message.get()), name.c_str(), value.c_str());
    const auto body =
        base::Ref<GBytes>::adopt(soup_session_send_and_read(session.get(), message.get(), nullptr, nullptr));
    reply.status = soup_message_get_status(message.get());
    gsize size = 0;
    if (body) {
        const auto* text = static_cast<const char*>(g_bytes_get_data(body.get(), &size));
        reply.body.assign(text ? text : "", size);
    }
    return reply;
}

void addFamily(int pid, std::vector<int>& into) {
    into.push_back(pid);
    const auto name = std::to_string(pid);
    std::ifstream children("/proc/" + name + "/task/" + name + "/children");
    for (int child = 0; children >> child;) addFamily(child, into);
}

}

std::string binary() { return std::string(std::getenv("CLOUDRETRO_TEST_BUILD")) + "/cloudretro"; }

Server::Server(std::vector<std::string> arguments, bool saysReady) {
    process_ = spawn(arguments, home, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
    if (!saysReady) return;
    auto* out = g_subprocess_get_stdout_pipe(process_.get());
    for (char byte = 0; g_input_stream_read(out, &byte, 1, nullptr, nullptr) == 1 && byte != '\n';)
        readyLine_ += byte;
    const std::string host = "http://";
    const auto colon = readyLine_.find(':', readyLine_.find(host) + host.size());
    REQUIRE(colon != std::string::npos);
    port_ = std::atoi(readyLine_.c_str() + colon + 1);
    REQUIRE(port_ > 0);
}

// Its children end with it; the test of that is elsewhere.
Server::~Server() {
    if (g_subprocess_get_identifier(process_.get())) g_subprocess_send_signal(process_.get(), SIGKILL);
    g_subprocess_wait(process_.get(), nullptr, nullptr);
}

int Server::pid() const {
    const char* pid = g_subprocess_get_identifier(process_.get());
    return pid ? std::atoi(pid) : 0;
}

std::string Server::moreOutput() {
    std::string text;
    auto* out = g_subprocess_get_stdout_pipe(process_.get());
    for (char byte = 0; g_input_stream_read(out, &byte, 1, nullptr, nullptr) == 1;) text += byte;
    return text;
}

std::string Server::address(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
}

void Server::signal(int number) { g_subprocess_send_signal(process_.get(), number); }

bool Server::ended() const { return g_subprocess_get_identifier(process_.get()) == nullptr; }

std::vector<int> Server::family() const {
    std::vector<int> all;
    if (pid()) addFamily(pid(), all);
    return all;
}

std::vector<int> Server::processesOf(const std::string& role) const {
    std::vector<int> found;
    for (const int pid : family())
        if (base::readAll("/proc/" + std::to_string(pid) + "/cmdline").find("--role=" + role) !=
            std::string::npos)
            found.push_back(pid);
    return found;
}

Run run(const std::vector<std::string>& arguments) {
    const TempDir home;
    const auto process =
        spawn(arguments, home, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
    char *out = nullptr, *err = nullptr;
    REQUIRE(g_subprocess_communicate_utf8(process.get(), nullptr, nullptr, &out, &err, nullptr));
    const base::Chars ownedOut(out), ownedErr(err);
    REQUIRE(g_subprocess_get_if_exited(process.get()));
    return {g_subprocess_get_exit_status(process.get()), out, err};
}

bool isAlive(int pid) {
    const auto stat = base::readAll("/proc/" + std::to_string(pid) + "/stat");
    const auto name = stat.rfind(')');
    return name != stat.npos && stat[name + 2] != 'Z' && stat[name + 2] != 'X';
}

std::string Reply::header(const char* name) const {
    const char* value = soup_message_headers_get_one(soup_message_get_response_headers(message.get()), name);
    return value ? value : "";
}

Reply get(const std::string& url, const Headers& headers, const char* method) {
    const auto message = base::Ref<SoupMessage>::adopt(soup_message_new(method, url.c_str()));
    return send(message, headers);
}

Reply post(const std::string& url, const std::string& body, const Headers& headers, const std::string& type) {
    const auto message = base::Ref<SoupMessage>::adopt(soup_message_new("POST", url.c_str()));
    const auto bytes = base::Ref<GBytes>::adopt(g_bytes_new(body.data(), body.size()));
    soup_message_set_request_body_from_bytes(message.get(), type.c_str(), bytes.get());
    return send(message, headers);
}

base::Json getJson(const std::string& url) { return base::Json::parse(get(url).body); }

std::string demoGame(const Server& server) {
    for (const auto& game : getJson(server.address("/api/games")))
        if (game["system"] == "demo") return game["id"];
    return "none";
}

}
