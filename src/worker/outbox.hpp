#pragma once
// Saves on their way to the coordinator: on disk until it has them.
#include "base/backoff.hpp"
#include "base/http_client.hpp"
#include "base/loop.hpp"
#include "base/multipart.hpp"
#include "cloudretro/protocol.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <list>
#include <map>
#include <string>

namespace cloudretro::worker {

// Lives on the loop. One save of a room at a time, in order; rooms do not wait for one another.
//   <number>.zst, .jpg, .json    one save: the bytes, the photo, SaveUpload
class Outbox {
public:
    // Sends also what it finds in `dir`. `address`: http://host:port/worker
    Outbox(std::filesystem::path dir, const std::string& address, const std::string& token);

    // Links or copies `file`, which stays. `jpeg` is in base64. What nobody asked for makes way for the next
    // of its room and kind while it waits. False: the disk does not take it.
    bool add(const protocol::SaveUpload& about, const std::filesystem::path& file, const std::string& jpeg);

    // While the coordinator is away, or does not know our rooms yet, nothing is sent.
    void setOnline(bool online);

    // Calls `done` when nothing of `room` is left here, perhaps at once, and at the latest after `patience`.
    void whenSent(const std::string& room, std::chrono::milliseconds patience, std::function<void()> done);

    // The coordinator does not take what somebody asked for.
    std::function<void(const protocol::SaveUpload&, const protocol::Trouble&)> onRefused;

private:
    struct Parcel {
        protocol::SaveUpload about;
        std::string name; // of its files, without what follows the dot
    };
    struct Line {
        std::deque<Parcel> parcels; // the first one is under way while `busy`
        bool busy = false;
        base::Backoff backoff{std::chrono::milliseconds(250), std::chrono::seconds(5)};
        base::Watch again;
    };
    struct Waiter {
        std::string room;
        std::function<void()> done;
        base::Watch patience;
    };

    void find();
    void enqueue(Parcel parcel);
    void sendNext(const std::string& room);
    void send(const std::string& room, base::Form form);
    void answered(const std::string& room, const base::HttpReply& reply);
    void drop(const std::string& room);
    void removeFiles(const Parcel& parcel) const;
    std::filesystem::path pathOf(const Parcel& parcel, const char* extension) const;

    const std::filesystem::path dir_;
    const std::string address_, token_;
    std::uint64_t number_ = 0;
    bool online_ = false;
    std::map<std::string, Line> lines_; // by room
    std::list<Waiter> waiters_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    base::HttpClient client_;
};

}
