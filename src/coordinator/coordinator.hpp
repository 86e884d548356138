#pragma once
// Brings players and workers together: wires pages, library, browsers, workers and rooms to one another.
#include "base/config.hpp"
#include "base/loop.hpp"
#include "coordinator/browser.hpp"
#include "coordinator/catalogue.hpp"
#include "coordinator/game_files.hpp"
#include "coordinator/http_server.hpp"
#include "coordinator/ice_servers.hpp"
#include "coordinator/library_watch.hpp"
#include "coordinator/rooms.hpp"
#include "coordinator/save_desk.hpp"
#include "coordinator/save_pages.hpp"
#include "coordinator/site.hpp"
#include "coordinator/store/saves.hpp"
#include "coordinator/tally.hpp"
#include "coordinator/worker_link.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace cloudretro::coordinator {

// Lives on the loop.
class Coordinator {
public:
    // Listens and serves at once; workers prove themselves by `token`. Throws Failure.
    Coordinator(const base::Config& config, std::string token);

    int port() const { return http_.port(); }

    std::function<void()> onWorkerReady; // each time one can take games

private:
    World world();
    SiteSources sources();
    void serve();
    std::string games() const;
    std::string health() const;
    std::string status() const;
    AdminView adminView() const;
    bool drain(const AdminDrain& order);
    bool say(const AdminMessage& order);

    void admitBrowser(base::Ref<SoupWebsocketConnection> connection);
    void admitWorker(base::Ref<SoupWebsocketConnection> connection);
    void route(BrowserId from, const Browser& browser, protocol::FromBrowser message);
    void route(WorkerId from, const protocol::FromWorker& message);
    void look();

    // Starts
    void start(const Visitor& visitor, const protocol::Start& wish);
    struct Hashing {}; // the game's files: ask again once they are
    using Prepared = std::variant<Opening, protocol::Trouble, Hashing>;
    Prepared prepare(const LibraryGame& game, const System& system, const protocol::Start& wish);
    std::optional<Opening> findPlace(const Room& room);
    void startHashed();
    void offerAgain(const protocol::Game& game);

    // Saves
    void wireSaves();
    BodyRule admitPost(const HttpRequest& request);
    void answer(const HttpRequest& request, const HttpReply& reply);
    void addSaves(protocol::RoomRecord& record, bool resume, protocol::OpenRoom& order);
    std::optional<protocol::SavedBytes> findState(
        const protocol::RoomRecord& record, const std::string& slot, int sequence);
    void adoptSaves(const protocol::RoomRecord& record);
    void savesChanged(const std::string& player, const std::string& game);
    void stored(const protocol::SaveUpload& about, const store::Version& version);

    protocol::Landmarks landmarks() const;
    void workersChanged();
    std::string origin() const;
    std::vector<protocol::IceServer> iceServers() const;
    void tell(BrowserId browser, const protocol::ToBrowser& message);
    void tellAll(const protocol::ToBrowser& message);
    std::vector<WorkerFacts> workers() const;
    protocol::Game describe(const LibraryGame& game, const std::vector<WorkerFacts>& workers) const;

    const base::Config config_;
    const std::string token_;
    const Catalogue catalogue_;
    LibraryWatch library_;
    GameFiles gameFiles_;
    const std::unique_ptr<store::Saves> saves_;
    SaveDesk saveDesk_;
    SavePages savePages_;
    std::map<BrowserId, protocol::Start> starting_; // wait until the game's files are hashed
    const IceServers iceServers_;
    Rooms rooms_;
    std::uint64_t lastId_ = 0;
    Tally tally_;
    RoomNumbers roomNumbers_;
    Site site_;
    HttpServer http_;
    std::map<BrowserId, std::unique_ptr<Browser>> browsers_;
    std::map<WorkerId, std::unique_ptr<WorkerLink>> workers_;
    base::Watch ticking_, takingPhotos_;
};

}
