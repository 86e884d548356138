#pragma once
// What a room hands out to be stored and when, and what it brings its game back to.
#include "base/loop.hpp"
#include "cloudretro/protocol.hpp"
#include "room/archivist.hpp"
#include "room/emulation.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace cloudretro::room {

// Lives on the loop, as long as the process. All that comes from `emulator` about states and SRAM is for it.
class Saves {
public:
    // `photograph` answers once: a JPEG in base64, or nothing.
    using Photograph = std::function<void(std::function<void(const std::string& jpeg)>)>;
    Saves(Emulation& emulator, Photograph photograph);

    // Starts the game, from what `order` names as far as that can be read.
    void open(const protocol::OpenRoom& order);
    void opened(const protocol::Loaded& loaded); // the game runs

    void rest(bool resting); // nobody plays: the moment is handed out
    void jumped();           // the game was reset: what was handed out last is not where it stands
    void save(int request);
    void load(const protocol::LoadRoom& order);

    // The room ends. Hands out what is newest (`How::Now`: asks the core for it) and calls `done`, at the
    // latest after 1.5 s.
    enum class How { Now, Newest, Nothing };
    void finish(How how, std::function<void()> done);

    std::function<void(const protocol::RoomSaved&)> onSaved;
    std::function<void(const protocol::RoomNotSaved&)> onNotSaved;
    // Of a request, or 0: of the state that the game was to start from, and did not.
    std::function<void(const protocol::RoomLoaded&)> onLoaded;

private:
    using Then = std::function<void(const Snapshot*)>; // null: the core has none to give
    struct Loading {
        int request;
        Bytes before; // to undo it
    };

    void start(protocol::Load load, bool wantsState, Recovery::Start from);
    void ask(Then then);
    void answer(int asked, const Snapshot* snapshot);
    void automatic(const Snapshot& snapshot);
    void handOut(const Snapshot& snapshot, int request);
    void handOutNow();
    void handOutSram(const Bytes& bytes);
    void keep(protocol::RoomSaved about, Bytes bytes);
    void refuse(int request, const protocol::Trouble& trouble);
    void loadFile(const protocol::LoadRoom& order, Bytes before);
    void inject(int request, Bytes state, Bytes before);
    void injected(int number, bool good);
    void finishIfDone();

    Emulation& emulator_;
    Photograph photograph_;
    Archivist archivist_;
    std::optional<protocol::Loaded> running_;
    bool resting_ = false;
    bool wantsState_ = false, readState_ = false; // at the start

    std::map<int, Then> asked_; // by the number that the emulator was given
    int lastAsked_ = 0;
    std::map<int, Loading> loading_;
    int lastLoading_ = 0;
    Bytes before_; // the last load

    std::optional<Snapshot> newest_; // automatic
    std::chrono::steady_clock::time_point handedOut_;
    std::optional<std::uint64_t> frameOut_; // of the newest that was handed out by itself
    int developing_ = 0;                    // states that wait for their photo

    std::function<void()> finished_;
    base::Watch hurry_, deadline_;
};

}
