#pragma once
// Between rooms, their workers, and the store: what a room goes on from, and what its worker sends to be
// saved.
#include "cloudretro/protocol.hpp"
#include "coordinator/http.hpp"
#include "coordinator/store/saves.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace cloudretro::coordinator {

// Lives on the loop. What answers at once throws Failure when the database cannot do as told.
class SaveDesk {
public:
    // Where somebody in a room wants a state to go.
    struct Wish {
        std::string slot, name;
    };

    // `token` is the workers' secret; both stand longer than this.
    SaveDesk(store::Saves& saves, const std::string& token) : saves_(saves), token_(token) {}

    // For a room that opens, also for one that opens again elsewhere: its epoch, in the record too, and what
    // it goes on from. The automatic state is that room's own, or, to resume, the newest of the game.
    void open(protocol::RoomRecord& record, bool resume, protocol::OpenRoom& order);
    // A room of an earlier process of ours: what it writes is known again, whatever became of the database.
    void adopt(const protocol::RoomRecord& record);
    // A state that the room's owner has; `sequence` 0: what the slot holds.
    std::optional<protocol::SavedBytes> state(
        const protocol::RoomRecord& record, const std::string& slot, int sequence);

    // POST /worker/saves, GET /worker/saves/<object>: for workers only.
    static bool takes(const std::string& path);
    BodyRule admit(const HttpRequest& request) const;
    void answer(const HttpRequest& request, const HttpReply& reply);

    // nullopt: nobody waits for that.
    std::function<std::optional<Wish>(const std::string& room, int request)> wishOf;
    std::function<void(const protocol::SaveUpload&, const store::Version&)> onStored;
    std::function<void(const protocol::SaveUpload&, const protocol::Trouble&, bool forGood)> onRefused;

private:
    bool isWorker(const HttpRequest& request) const;
    protocol::SavedBytes latest(const protocol::RoomRecord& record, store::Kind kind);
    void receive(const HttpRequest& request, const HttpReply& reply);
    void store(const protocol::SaveUpload& about, store::SaveWrite write, const HttpReply& reply);
    HttpAnswer unknownRoom() const;

    store::Saves& saves_;
    const std::string& token_;
    const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}
