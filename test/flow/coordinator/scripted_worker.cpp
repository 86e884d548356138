#include "scripted_worker.hpp"

#include "base/compression.hpp"
#include "wait.hpp"

#include <catch2/catch.hpp>

namespace cloudretro::test {
namespace {

using namespace protocol;

std::string part(const std::string& name, const std::string& content) {
    return "--border\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
}

std::vector<std::pair<std::string, std::string>> proof(const std::string& token) {
    return {{"Authorization", "Bearer " + token}};
}

}

ScriptedWorker::ScriptedWorker(const Server& server, const std::string& id)
    : link(server.port(), "", "/worker"),
      server_(server) {
    link.send(Register{version, workerToken, id, id, {"cloudretro_demo"}, {}, true});
    REQUIRE(link.hear<Registered>());
    link.send(Status{0, 0, 0, 2, false});
    REQUIRE(link.hear<Ping>());
}

void ScriptedWorker::drain() { link.send(Status{0, 0, 1, 0, true}); }

Reply ScriptedWorker::save(const SaveUpload& about, const std::string& bytes, const std::string& picture,
    const std::string& token) const {
    const auto body = part("about", base::encode(about)) + part("bytes", base::compress(bytes)) +
                      (picture.empty() ? "" : part("picture", picture)) + "--border--\r\n";
    return post(server_.address("/worker/saves"), body, proof(token), "multipart/form-data; boundary=border");
}

Reply ScriptedWorker::fetch(const std::string& object, const std::string& token) const {
    return get(server_.address("/worker/saves/" + object), proof(token));
}

}
