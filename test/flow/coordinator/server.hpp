#pragma once
// The real binary as a child of a test.
#include "../../temp_dir.hpp"
#include "base/glib.hpp"
#include "base/json.hpp"

#include <libsoup/soup.h>

#include <string>
#include <vector>

namespace cloudretro::test {

std::string binary();

// `cloudretro` with a home of its own; killed with the object.
class Server {
public:
    // Waits until it says that it is ready, if it is a role that does.
    explicit Server(std::vector<std::string> arguments = {}, bool saysReady = true);
    Server(const Server&) = delete;
    ~Server();

    int pid() const;
    int port() const { return port_; }
    const std::string& readyLine() const { return readyLine_; }
    std::string moreOutput(); // what it says on stdout after that until it ends
    std::string address(const std::string& path) const;

    void signal(int number);
    bool ended() const;              // and is reaped
    std::vector<int> family() const; // it and its descendants
    std::vector<int> processesOf(const std::string& role) const;

    const TempDir home;

private:
    base::Ref<GSubprocess> process_;
    int port_ = 0;
    std::string readyLine_;
};

// A run of the binary that ends by itself.
struct Run {
    int exitCode = 0;
    std::string out, err;
};
Run run(const std::vector<std::string>& arguments);

bool isAlive(int pid); // a zombie is not

// One request, waited for.
struct Reply {
    unsigned status = 0;
    std::string body;
    base::Ref<SoupMessage> message;
    std::string header(const char* name) const;
};
Reply get(const std::string& url, const std::vector<std::pair<std::string, std::string>>& headers = {},
    const char* method = "GET");
Reply post(const std::string& url, const std::string& body,
    const std::vector<std::pair<std::string, std::string>>& headers = {},
    const std::string& type = "application/json");
base::Json getJson(const std::string& url);

std::string demoGame(const Server& server); // id of a built-in one

}
