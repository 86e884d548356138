#pragma once
// Hosts rooms: hands messages between the coordinator and the process of each room, and keeps one process
// warm.
#include "base/config.hpp"
#include "worker/capacity.hpp"
#include "worker/coordinator_link.hpp"
#include "worker/hosted_room.hpp"
#include "worker/landmark.hpp"
#include "worker/media_port.hpp"
#include "worker/outbox.hpp"
#include "worker/supplies.hpp"
#include "worker/worker_folder.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cloudretro::worker {

// Lives on the loop.
class Worker {
public:
    explicit Worker(const base::Config& config); // throws Failure

    // Takes no new rooms; `onStopped` follows when the last one is gone.
    void drain();
    // Ends all rooms; `onStopped` follows when they are gone.
    void stop();
    std::function<void()> onStopped;

private:
    void introduce();
    void receive(std::string_view message);
    bool isFull() const;
    void open(protocol::OpenRoom order);
    void complete(protocol::OpenRoom& order) const;
    void host(const std::string& room);
    void supplied(const std::string& room, Supplies::Result result);
    void load(protocol::LoadRoom order);
    void close(const std::string& room, HostedRoom& hosted);
    void refuse(const std::string& room, protocol::Trouble trouble);
    void closeAll();
    void setDraining(bool on);
    void stopIfDone();
    void gone(const std::string& room, const protocol::Trouble& trouble);
    void forget(const std::string& room, protocol::Trouble trouble);
    void reportStatus();

    std::unique_ptr<RoomProcess> takeSpare();
    void makeSpare();
    void makeSpareLater();

    const base::Config config_;
    const std::string token_;
    const std::string id_;
    const std::map<std::string, std::string> cores_;
    Capacity capacity_;
    std::unique_ptr<MediaPort> mediaPort_; // none: each room is reached at ports of its own
    const Landmark landmark_;
    const WorkerFolder folder_;
    Outbox outbox_;
    Supplies supplies_;
    std::map<std::string, std::unique_ptr<HostedRoom>> rooms_; // by room id
    std::unique_ptr<RoomProcess> spare_;
    std::vector<std::string> sandbox_; // as in Status
    bool stopping_ = false, draining_ = false;
    base::Backoff spareBackoff_;
    base::Watch nextSpare_;
    base::Watch status_;
    base::Watch alone_; // runs while there is no coordinator
    CoordinatorLink link_;
};

}
