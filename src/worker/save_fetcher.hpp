#pragma once
// Brings saves from the coordinator's store to this machine.
#include "base/http_client.hpp"
#include "cloudretro/protocol.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace cloudretro::worker {

// Lives on the loop. Nothing is called back after it was destroyed.
class SaveFetcher {
public:
    // `address`: http://host:port/worker
    SaveFetcher(const std::string& address, const std::string& token);

    // Puts the object that `what` names into `dir`, checked against its hash, and fills in the file. `done`
    // comes once, perhaps at once; it does not know whether anybody still wants it.
    using Done = std::function<void(protocol::SavedBytes, std::optional<protocol::Trouble>)>;
    void fetch(protocol::SavedBytes what, const std::filesystem::path& dir, Done done);

private:
    struct Job;
    void request(const std::shared_ptr<Job>& job);
    void answered(const std::shared_ptr<Job>& job, base::HttpReply reply);

    const std::string address_, token_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    base::HttpClient client_;
};

}
