#pragma once
// One room here, through the ends of its processes: when one dies, the next goes on from what it had written.
#include "worker/restarts.hpp"
#include "worker/room_process.hpp"
#include "worker/save_folder.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::worker {

// Lives on the loop. Destroying it kills its process.
class HostedRoom {
public:
    HostedRoom(const std::string& room, std::unique_ptr<RoomProcess> process);

    // Starts the game; `order` is complete. What was delivered before is told then.
    void open(const protocol::OpenRoom& order);
    // What the coordinator says, as it came.
    void deliver(const protocol::ToWorker& message, std::string_view text);
    // Asks the game to end.
    void close();

    bool isOpen() const { return order_.has_value(); }
    bool isClosing() const { return closing_; }
    int pid() const { return process_ ? process_->pid() : 0; }
    // What a coordinator that starts anew must know of this room.
    const protocol::RoomKept& kept() const { return kept_; }

    std::function<std::unique_ptr<RoomProcess>()> takeProcess; // may throw Failure
    // What the room says for the coordinator: never RoomSaved, or RoomClosed, which is for the worker to say.
    std::function<void(std::string)> onMessage;
    // What is said instead; nullopt: it is said as it came. Unset: all is.
    std::function<std::optional<std::vector<protocol::FromRoom>>(const protocol::FromRoom&)> translate;
    // The file is the room's: a link, or a copy, is the listener's.
    std::function<void(const protocol::SaveUpload&, const std::string& file, const std::string& jpeg)>
        onSaved;
    // The room is over, and all that it leaves was told: the last call, and it may destroy this object. An
    // empty code: in good order.
    std::function<void(const protocol::RoomOpened&)> onOpened; // in each of its processes
    std::function<void(protocol::Trouble)> onGone;

private:
    void use(std::unique_ptr<RoomProcess> process);
    void receive(const protocol::FromRoom& message, std::string_view text);
    void keep(const protocol::RoomSaved& saved);
    std::string takeOver(const std::string& file);
    void keepFiles(const protocol::SavedBytes& archive);
    void failRequests();
    void ended(const RoomProcess::End& end);
    void restart(const Restarts::Start& from);
    void over(protocol::Trouble trouble);

    const std::string room_;
    std::unique_ptr<RoomProcess> process_; // none once the room is over
    std::optional<protocol::OpenRoom> order_;
    std::vector<std::string> early_; // what came before it
    protocol::RoomKept kept_;
    std::set<int> saving_, loading_; // requests without an answer
    Restarts restarts_;
    std::optional<SaveFolder> folder_;
    std::string core_, coreVersion_; // as the room calls them
    int filesTaken_ = 0;
    bool closing_ = false;
};

}
