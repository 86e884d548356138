#include "swift.hpp"
#include "base/sha256.hpp"

#include "base/fd.hpp"
#include "base/http_client.hpp"
#include "coordinator/store/object.hpp"

#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <csignal>
#include <optional>
#include <stdexcept>

namespace cloudretro::test {
namespace {

using namespace std::chrono_literals;

// Of the machine's patience only: a cold start takes 20 s on a busy one.
constexpr auto patience = 240s;

const std::string user = "test:tester", secret = "testing";

base::HttpReply ask(base::HttpRequest request) {
    base::HttpClient client;
    std::optional<base::HttpReply> reply;
    client.send(std::move(request), [&](base::HttpReply got) { reply = std::move(got); });
    while (!reply) g_main_context_iteration(nullptr, TRUE); // the request has a timeout of its own
    return *reply;
}

base::HttpRequest bucketRequest(const coordinator::store::S3Settings& settings) {
    base::HttpRequest request;
    request.method = "PUT";
    request.url = settings.endpoint + "/" + settings.bucket;
    request.headers = {"x-amz-content-sha256: " + base::sha256("")};
    request.signing = {settings.region, "s3", settings.credentials.key, settings.credentials.secret};
    return request;
}

std::string server(const std::string& kind, int port, const std::string& dir, const std::string& pipeline) {
    return "[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = " + std::to_string(port) +
           "\nuser = " + g_get_user_name() + "\nswift_dir = " + dir + "\ndevices = " + dir +
           "/srv\nmount_check = false\nworkers = 0\n"
           "log_level = ERROR\n[pipeline:main]\npipeline = " +
           pipeline + "\n[app:" + kind + "-server]\nuse = egg:swift#" + kind +
           "\nconn_timeout = 20\nnode_timeout = 60\ncontainer_update_timeout = 30\n";
}

std::string filters(int memcached) {
    std::string text;
    for (const std::string name :
        {"catch_errors", "gatekeeper", "healthcheck", "listing_formats", "copy", "slo", "dlo"})
        text += "[filter:" + name + "]\nuse = egg:swift#" + name + "\n";
    return text + "[filter:cache]\nuse = egg:swift#memcache\nmemcache_servers = 127.0.0.1:" +
           std::to_string(memcached) +
           "\n[filter:s3api]\nuse = egg:swift#s3api\ns3_acl = false\nlocation = us-east-1\n"
           "[filter:tempauth]\nuse = egg:swift#tempauth\nuser_test_tester = " +
           secret + " .admin\n";
}

// swift-ring-builder takes nine runs for what this does in one.
constexpr const char* ringScript = R"(
import sys
from swift.common.ring import RingBuilder
for name, port in zip(sys.argv[2::2], sys.argv[3::2]):
    builder = RingBuilder(2, 1, 1)
    builder.add_dev(dict(region=1, zone=1, ip='127.0.0.1', port=int(port), device='d1', weight=1))
    builder.rebalance()
    builder.get_ring().save(sys.argv[1] + '/' + name + '.ring.gz')
)";

base::Ref<GSubprocess> spawn(const std::vector<std::string>& command) {
    const auto launcher =
        base::Ref<GSubprocessLauncher>::adopt(g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE));
    g_subprocess_launcher_set_child_setup(
        launcher.get(), [](gpointer) { ::prctl(PR_SET_PDEATHSIG, SIGKILL); }, nullptr, nullptr);
    std::vector<const char*> argv;
    for (const auto& word : command) argv.push_back(word.c_str());
    argv.push_back(nullptr);
    base::Error error;
    auto process = base::Ref<GSubprocess>::adopt(
        g_subprocess_launcher_spawnv(launcher.get(), argv.data(), base::ErrorSlot(error)));
    if (!process) throw std::runtime_error(error->message);
    return process;
}

}

int freePort() {
    const base::Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

Swift& Swift::shared() {
    static std::string failure; // of the first start: no test after it waits for another
    if (!failure.empty()) throw std::runtime_error(failure);
    try {
        static Swift swift;
        return swift;
    } catch (const std::exception& error) {
        failure = error.what();
        throw;
    }
}

Swift::Swift() {
    for (int i = 0; i < 5; ++i) ports_.push_back(freePort());
    const auto dir = dir_.path.string();
    std::filesystem::create_directories(dir_.path / "srv" / "d1");
    write("swift.conf", "[swift-hash]\nswift_hash_path_suffix = s\nswift_hash_path_prefix = p\n"
                        "[storage-policy:0]\nname = one\ndefault = yes\n");
    write("proxy.conf",
        server("proxy", ports_[0], dir,
            "catch_errors gatekeeper healthcheck cache listing_formats s3api tempauth copy slo dlo "
            "proxy-server") +
            "account_autocreate = true\n" + filters(ports_[4]));
    write("account.conf", server("account", ports_[1], dir, "account-server"));
    write("container.conf", server("container", ports_[2], dir, "container-server"));
    write("object.conf", server("object", ports_[3], dir, "object-server"));
    makeRings();
    start({"memcached", "-l", "127.0.0.1", "-p", std::to_string(ports_[4]), "-u", g_get_user_name()});
    for (const std::string kind : {"account", "container", "object", "proxy"})
        start({"swift-" + kind + "-server", dir + "/" + kind + ".conf"});
    const auto giveUp = std::chrono::steady_clock::now() + patience;
    while (!answers())
        if (std::chrono::steady_clock::now() > giveUp) throw std::runtime_error("Swift does not start");
}

Swift::~Swift() {
    for (const auto& process : processes_) {
        g_subprocess_force_exit(process.get());
        g_subprocess_wait(process.get(), nullptr, nullptr);
    }
}

void Swift::write(const std::string& name, const std::string& text) { dir_.write(name, text); }

void Swift::makeRings() {
    const auto made =
        spawn({"/usr/bin/python3", "-c", ringScript, dir_.path.string(), "account", std::to_string(ports_[1]),
            "container", std::to_string(ports_[2]), "object", std::to_string(ports_[3])});
    if (!g_subprocess_wait_check(made.get(), nullptr, nullptr))
        throw std::runtime_error("Swift's rings cannot be made: is python3-swift installed?");
}

void Swift::start(const std::vector<std::string>& command) { processes_.push_back(spawn(command)); }

bool Swift::answers() {
    coordinator::store::S3Settings settings;
    settings.endpoint = "http://127.0.0.1:" + std::to_string(port());
    settings.bucket = "first";
    settings.region = "us-east-1";
    settings.credentials = {user, secret};
    if (ask(bucketRequest(settings)).status == 200) return true;
    bool rested = false;
    const auto rest = base::Loop::after(100ms, [&] { rested = true; });
    while (!rested) g_main_context_iteration(nullptr, TRUE);
    return false;
}

coordinator::store::S3Settings Swift::newBucket() {
    coordinator::store::S3Settings settings;
    settings.endpoint = "http://127.0.0.1:" + std::to_string(port());
    settings.bucket = "saves-" + std::to_string(++buckets_);
    settings.region = "us-east-1";
    settings.credentials = {user, secret};
    settings.firstPause = 20ms;
    settings.longestPause = 100ms;
    const auto reply = ask(bucketRequest(settings));
    if (reply.status != 200) throw std::runtime_error("no new bucket: " + reply.body + reply.error);
    return settings;
}

}
