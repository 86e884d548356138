#include "coordinator/coordinator.hpp"

#include "base/json.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "coordinator/lan_address.hpp"
#include "coordinator/troubles.hpp"

#include <algorithm>
#include <filesystem>

namespace cloudretro::coordinator {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using namespace protocol;
using base::Json;

constexpr std::size_t maxBrowsers = 512, maxWorkers = 256; // of the usual 1024 descriptors

std::vector<fs::path> gameRoots(const base::Config& config) {
    std::vector<fs::path> roots(config.gamesDirs.begin(), config.gamesDirs.end());
    roots.push_back(base::binaryDir() / "cores" / "games");
    roots.push_back(CLOUDRETRO_GAMES_DIR);
    return roots;
}

HttpAnswer json(std::string text) { return textAnswer(200, "application/json", text); }

bool isPage(const std::string& path) {
    return path == "/" || path.starts_with("/play/") || path.starts_with("/room/") ||
           path.starts_with("/game/");
}

}

Coordinator::Coordinator(const base::Config& config, std::string token)
    : config_(config),
      token_(std::move(token)),
      catalogue_(readCatalogue(config.catalogues)),
      files_(config.webroot),
      library_(catalogue_, gameRoots(config)),
      rooms_(world(), {std::chrono::seconds(config.roomGrace), 30s, config.iceServers}),
      http_(config.host, config.port) {
    library_.onChanged = [this] { tellAll(LibraryChanged{}); };
    rooms_.onListChanged = [this] { tellAll(RoomsChanged{}); };
    serve();
    ticking_ = base::Loop::every(250ms, [this] { rooms_.tick(); });
    takingPhotos_ = base::Loop::every(5s, [this] { rooms_.takePhotos(false); });
}

World Coordinator::world() {
    return {
        .toBrowser = [this](BrowserId id, const ToBrowser& message) { tell(id, message); },
        .toWorker =
            [this](WorkerId id, const ToWorker& message) {
                if (const auto worker = workers_.find(id); worker != workers_.end())
                    worker->second->send(message);
            },
        .newRoomId = [] { return base::randomId(16); },
        .newPeerId = [] { return base::randomId(8); },
        .now = [] { return std::chrono::steady_clock::now(); },
    };
}

// ---- pages ----

void Coordinator::serve() {
    http_.onRequest = [this](const HttpRequest& request) { return answer(request.path); };
    http_.serveSockets("/ws", {[this](const HttpRequest& request) {
                                   return browsers_.size() < maxBrowsers ? refuseStrangers(request)
                                                                         : SOUP_STATUS_SERVICE_UNAVAILABLE;
                               },
                                  [this](auto connection) { admitBrowser(std::move(connection)); }});
    http_.serveSockets("/worker", {[this](const HttpRequest&) {
                                       return workers_.size() < maxWorkers ? 0
                                                                           : SOUP_STATUS_SERVICE_UNAVAILABLE;
                                   },
                                      [this](auto connection) { admitWorker(std::move(connection)); }});
}

HttpAnswer Coordinator::answer(const std::string& path) const {
    if (path == "/healthz") return json(health());
    if (path == "/api/games") return json(games());
    if (path == "/api/status") return json(status());
    if (path == "/api/rooms") return json(rooms());
    if (auto picture = photo(path)) return *picture;
    if (path.starts_with("/api/"))
        return textAnswer(404, "application/json", R"({"error":"There is no such thing."})");
    if (auto file = files_.find(isPage(path) ? "/index.html" : path)) return *file;
    return textAnswer(404, "text/html; charset=utf-8",
        "<!doctype html><html lang=\"en\"><title>Not found</title><p>There is no such page. "
        "<a href=\"/\">To the library</a>\n");
}

std::string Coordinator::games() const {
    const auto facts = workers();
    Json list = Json::array();
    for (const auto& [id, game] : library_.games()) list.push_back(base::encodePart(describe(game, facts)));
    return base::dumpJson(list);
}

// Those that everybody may see.
std::string Coordinator::rooms() const {
    Json list = Json::array();
    for (const auto& [id, room] : rooms_.all()) {
        if (!room.facts.listed || room.state != Room::State::Open) continue;
        Json names = Json::array();
        for (const auto& member : room.members)
            if (!member.isAway() && member.plays()) names.push_back(member.who.name);
        const auto present = std::ranges::count_if(room.members, [](const Member& m) { return !m.isAway(); });
        list.push_back({{"id", id}, {"game", base::encodePart(room.facts.game)}, {"players", names},
            {"watching", present - std::ptrdiff_t(names.size())}, {"freeSeat", room.freeSeat() >= 0},
            {"locked", room.facts.locked}, {"photo", !room.photo.empty()}});
    }
    return base::dumpJson(list);
}

// "/api/rooms/<id>/photo"
std::optional<HttpAnswer> Coordinator::photo(const std::string& path) const {
    const std::string_view before = "/api/rooms/", after = "/photo";
    if (!path.starts_with(before) || !path.ends_with(after)) return std::nullopt;
    const auto room = rooms_.all().find(
        path.substr(before.size(), path.size() - std::min(path.size(), before.size() + after.size())));
    if (room == rooms_.all().end() || !room->second.facts.listed || room->second.photo.empty())
        return std::nullopt;
    gsize size = 0;
    auto* bytes = g_base64_decode(room->second.photo.c_str(), &size);
    return HttpAnswer{200, "image/jpeg", base::Ref<GBytes>::adopt(g_bytes_new_take(bytes, size)), {}};
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
            {"capacity", worker.status.capacity}});
    return base::dumpJson({{"version", CLOUDRETRO_VERSION}, {"browsers", browsers_.size()},
        {"rooms", rooms_.all().size()}, {"games", library_.games().size()}, {"workers", list}});
}

Game Coordinator::describe(const LibraryGame& game, const std::vector<WorkerFacts>& workers) const {
    Game result = game.game;
    result.playable = isPlayable(workers, *catalogue_.byId(result.system));
    return result;
}

// ---- browsers ----

void Coordinator::admitBrowser(base::Ref<SoupWebsocketConnection> connection) {
    const BrowserId id = ++lastId_;
    auto& browser = *(browsers_[id] = std::make_unique<Browser>(std::move(connection), id,
                          Welcome{protocol::version, config_.iceServers, origin()}));
    browser.onReady = [this, id] { tell(id, landmarks()); };
    browser.onMessage = [this, id, &browser](FromBrowser message) { route(id, browser, std::move(message)); };
    browser.onGone = [this, id] {
        rooms_.away(id);
        browsers_.erase(id);
    };
}

void Coordinator::route(BrowserId from, const Browser& browser, FromBrowser message) {
    std::visit(base::overloaded{
                   [&](const Start& m) { start(browser.visitor(), m); },
                   [&](const Join& m) { rooms_.join(browser.visitor(), m); },
                   [&](const Leave&) { rooms_.leave(from); },
                   [&](const Hello&) {}, // the Browser's own
                   [&](const auto& m) { rooms_.handle(from, m); },
               },
        message);
}

void Coordinator::start(const Visitor& visitor, const Start& wish) {
    const auto from = visitor.browser;
    const auto game = library_.games().find(wish.game);
    if (game == library_.games().end()) return tell(from, Failed{unknownGame(wish.game)});
    const auto& found = game->second;
    rooms_.leave(from); // the room it leaves may make way for this one
    const auto facts = workers();
    const auto choice = choose(facts, *catalogue_.byId(found.game.system));
    if (const auto* trouble = std::get_if<Trouble>(&choice)) return tell(from, Failed{*trouble});
    const auto [worker, core] = std::get<Choice>(choice);
    const auto isChosen = [&, chosen = worker](const WorkerFacts& each) { return each.id == chosen; };
    if (std::ranges::find_if(facts, isChosen)->status.capacity < 1) rooms_.makeWayOn(worker);
    OpenRoom order;
    order.system = found.game.system;
    order.name = found.game.name;
    order.file = found.file;
    order.core = core->name;
    order.options = core->options;
    rooms_.start(visitor, describe(found, facts), std::move(order), {worker, {}});
}

void Coordinator::tell(BrowserId id, const ToBrowser& message) {
    if (const auto browser = browsers_.find(id); browser != browsers_.end()) browser->second->send(message);
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
    std::visit(base::overloaded{
                   [&](const Register&) {}, // both the WorkerLink's own
                   [&](const Status&) {},
                   [&](const Pong&) {},
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
