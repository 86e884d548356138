#include "coordinator/coordinator.hpp"

#include "base/json.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "coordinator/lan_address.hpp"
#include "coordinator/store/open.hpp"
#include "coordinator/troubles.hpp"
#include "coordinator/views.hpp"

#include <algorithm>
#include <filesystem>

namespace cloudretro::coordinator {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using namespace protocol;
using base::Json;

constexpr std::size_t shortestTurnSecret = 16;             // characters
constexpr std::size_t maxBrowsers = 512, maxWorkers = 256; // of the usual 1024 descriptors

std::vector<fs::path> gameRoots(const base::Config& config) {
    std::vector<fs::path> roots(config.gamesDirs.begin(), config.gamesDirs.end());
    roots.push_back(base::binaryDir() / "cores" / "games");
    roots.push_back(CLOUDRETRO_GAMES_DIR);
    return roots;
}

std::string turnSecret(const base::Config& config) {
    const auto& file = config.turnSecretFile;
    return file.empty() ? "" : base::readNamedSecret(file, "--turn-secret-file", shortestTurnSecret);
}

RoomSettings settingsOf(const base::Config& config) {
    RoomSettings settings;
    settings.grace = std::chrono::seconds(config.roomGrace);
    settings.firstErrand = g_random_int_range(1, 1 << 30);
    return settings;
}

}

Coordinator::Coordinator(const base::Config& config, std::string token)
    : config_(config),
      token_(std::move(token)),
      catalogue_(readCatalogue(config.catalogues)),
      library_(catalogue_, gameRoots(config)),
      gameFiles_(config.systemDir, CLOUDRETRO_CORE_INFO_DIR, token_),
      saves_(store::openSaves(config)),
      saveDesk_(*saves_, token_),
      savePages_(*saves_),
      iceServers_(config.iceServers, turnSecret(config)),
      rooms_(world(), settingsOf(config)),
      site_(config, sources()),
      http_(config.host, config.port) {
    library_.onChanged = [this] { tellAll(LibraryChanged{}); };
    gameFiles_.onHashed = [this] { startHashed(); };
    rooms_.onListChanged = [this] { tellAll(RoomsChanged{}); };
    wireSaves();
    serve();
    ticking_ = base::Loop::every(250ms, [this] { look(); });
    takingPhotos_ = base::Loop::every(5s, [this] { rooms_.takePhotos(site_.isWatched()); });
}

World Coordinator::world() {
    return {
        .toBrowser = [this](BrowserId id, const ToBrowser& message) { tell(id, message); },
        .toWorker =
            [this](WorkerId id, const ToWorker& message) {
                const auto worker = workers_.find(id);
                if (worker == workers_.end()) return;
                tally_.toWorker(message, std::chrono::steady_clock::now());
                worker->second->send(message);
            },
        .newRoomId = [] { return base::randomId(16); },
        .newPeerId = [] { return base::randomId(8); },
        .now = [] { return std::chrono::steady_clock::now(); },
        .iceServers = [this] { return iceServers(); },
        .findPlace = [this](const Room& room) { return findPlace(room); },
        .addSaves = [this](RoomRecord& record, bool resume,
                        OpenRoom& order) { addSaves(record, resume, order); },
        .findState = [this](const RoomRecord& record, const std::string& slot,
                         int sequence) { return findState(record, slot, sequence); },
    };
}

void Coordinator::look() {
    for (const auto& [id, worker] : workers_)
        if (worker->ready() && worker->facts().status.draining) rooms_.handOver(id);
    rooms_.tick();
}

// ---- pages ----

SiteSources Coordinator::sources() {
    return {
        .health = [this] { return health(); },
        .games = [this] { return games(); },
        .rooms = [this] { return listedRooms(rooms_.all()); },
        .status = [this] { return status(); },
        .photo = [this](
                     const std::string& room, bool unlisted) { return photo(rooms_.all(), room, unlisted); },
        .adminView = [this] { return adminView(); },
        .metrics =
            [this] {
                return metricsOf(
                    adminView(), tally_, browsers_.size(), library_.games().size(), roomNumbers_);
            },
        .drain = [this](const AdminDrain& order) { return drain(order); },
        .close =
            [this](const AdminClose& order) {
                const bool known = rooms_.all().contains(order.room);
                rooms_.end(order.room, "Whoever runs this server ended the game.");
                return known;
            },
        .message = [this](const AdminMessage& order) { return say(order); },
    };
}

void Coordinator::serve() {
    http_.onRequest = [this](const HttpRequest& request, const HttpReply& reply) { answer(request, reply); };
    http_.admitsPost = [this](const HttpRequest& request) { return admitPost(request); };
    http_.serveSockets("/ws", {[this](const HttpRequest& request) {
                                   return browsers_.size() < maxBrowsers ? site_.refuseSocket(request)
                                                                         : SOUP_STATUS_SERVICE_UNAVAILABLE;
                               },
                                  [this](auto connection) { admitBrowser(std::move(connection)); }});
    http_.serveSockets("/worker", {[this](const HttpRequest&) {
                                       return workers_.size() < maxWorkers ? 0
                                                                           : SOUP_STATUS_SERVICE_UNAVAILABLE;
                                   },
                                      [this](auto connection) { admitWorker(std::move(connection)); }});
}

AdminView Coordinator::adminView() const {
    return coordinator::adminView(workers(), rooms_.all(), std::chrono::steady_clock::now());
}

bool Coordinator::drain(const AdminDrain& order) {
    const auto is = [&](const auto& entry) { return std::to_string(entry.first) == order.worker; };
    const auto found = std::ranges::find_if(workers_, is);
    if (found == workers_.end() || !found->second->ready()) return false;
    found->second->send(Drain{order.on});
    return true;
}

bool Coordinator::say(const AdminMessage& order) {
    if (order.room.empty()) {
        tellAll(Notice{order.text});
        return true;
    }
    rooms_.say(order.room, order.text);
    return rooms_.all().contains(order.room);
}

std::string Coordinator::games() const {
    const auto facts = workers();
    Json list = Json::array();
    for (const auto& [id, game] : library_.games()) list.push_back(base::encodePart(describe(game, facts)));
    return base::dumpJson(list);
}

std::string Coordinator::health() const {
    const auto count = workers().size();
    return base::dumpJson({{"status", count ? "ok" : "no worker"}, {"version", CLOUDRETRO_VERSION},
        {"workers", count}, {"rooms", rooms_.all().size()}});
}

std::string Coordinator::status() const {
    Json list = Json::array();
    for (const auto& worker : workers())
        list.push_back({{"name", worker.name}, {"cores", worker.cores}, {"cpu", worker.status.cpu},
            {"memoryMiB", worker.status.memoryMiB}, {"rooms", worker.status.rooms},
            {"capacity", worker.status.capacity}, {"region", worker.landmark.region},
            {"roundTrip", worker.roundTrip}});
    return base::dumpJson({{"version", CLOUDRETRO_VERSION}, {"browsers", browsers_.size()},
        {"rooms", rooms_.all().size()}, {"games", library_.games().size()}, {"workers", list}});
}

Game Coordinator::describe(const LibraryGame& game, const std::vector<WorkerFacts>& workers) const {
    Game result = game.game;
    result.playable = isPlayable(workers, *catalogue_.byId(result.system));
    return result;
}

std::vector<IceServer> Coordinator::iceServers() const {
    return iceServers_.issue(std::chrono::system_clock::now());
}

// ---- browsers ----

void Coordinator::admitBrowser(base::Ref<SoupWebsocketConnection> connection) {
    const BrowserId id = ++lastId_;
    auto& browser = *(browsers_[id] = std::make_unique<Browser>(
                          std::move(connection), id, Welcome{protocol::version, iceServers(), origin()}));
    browser.onReady = [this, id] { tell(id, landmarks()); };
    browser.onMessage = [this, id, &browser](FromBrowser message) { route(id, browser, std::move(message)); };
    browser.onGone = [this, id] {
        rooms_.away(id);
        browsers_.erase(id);
    };
}

void Coordinator::route(BrowserId from, const Browser& browser, FromBrowser message) {
    if (std::holds_alternative<Join>(message) || std::holds_alternative<Leave>(message))
        starting_.erase(from);
    tally_.fromBrowser(message);
    std::visit(base::overloaded{
                   [&](const Start& m) { start(browser.visitor(), m); },
                   [&](const Join& m) { rooms_.join(browser.visitor(), m); },
                   [&](const Leave&) { rooms_.leave(from); },
                   [&](const Hello&) {}, // the Browser's own
                   [&](const auto& m) { rooms_.handle(from, m); },
               },
        message);
}

void Coordinator::tell(BrowserId id, const ToBrowser& message) {
    const auto browser = browsers_.find(id);
    if (browser == browsers_.end()) return;
    tally_.toBrowser(message);
    browser->second->send(message);
}

void Coordinator::tellAll(const ToBrowser& message) {
    for (const auto& [id, browser] : browsers_) browser->send(message);
}

// ---- workers ----

void Coordinator::admitWorker(base::Ref<SoupWebsocketConnection> connection) {
    const WorkerId id = ++lastId_;
    auto& worker = *(workers_[id] = std::make_unique<WorkerLink>(std::move(connection), id, token_));
    worker.onMessage = [this, id](const FromWorker& message) { route(id, message); };
    worker.onReady = [this, &worker] {
        base::logInfo("A worker is ready.", worker.facts().name);
        workersChanged();
        if (onWorkerReady) onWorkerReady();
    };
    worker.onGone = [this, id] {
        rooms_.workerGone(id);
        workers_.erase(id);
        workersChanged();
    };
}

// Others cannot use a link to "localhost".
std::string Coordinator::origin() const {
    const bool everywhere = config_.host == "0.0.0.0" || config_.host == "::";
    const auto lan = everywhere ? lanAddress() : std::nullopt;
    return lan ? "http://" + *lan + ":" + std::to_string(port()) : std::string();
}

void Coordinator::workersChanged() {
    tellAll(LibraryChanged{}); // other games may be playable now
    tellAll(landmarks());
}

Landmarks Coordinator::landmarks() const {
    Landmarks all;
    for (const auto& worker : workers())
        if (!worker.landmark.candidates.empty()) all.landmarks.push_back(worker.landmark);
    return all;
}

void Coordinator::route(WorkerId from, const FromWorker& message) {
    tally_.fromWorker(message, std::chrono::steady_clock::now());
    std::visit(base::overloaded{
                   [&](const Register&) {}, // both the WorkerLink's own
                   [&](const Status&) {},
                   [&](const Pong&) {},
                   [&](const RoomKept& m) {
                       adoptSaves(m.record);
                       if (!m.open && !workers_.at(from)->facts().sharesGames) offerAgain(m.record.game);
                       rooms_.handle(from, m);
                   },
                   [&](const auto& m) { rooms_.handle(from, m); },
               },
        message);
}

std::vector<WorkerFacts> Coordinator::workers() const {
    std::vector<WorkerFacts> facts;
    for (const auto& [id, worker] : workers_)
        if (worker->ready()) {
            facts.push_back(worker->facts());
            facts.back().emptyRooms = rooms_.emptyOn(id);
        }
    return facts;
}

}
