#include "coordinator/save_pages.hpp"

#include "base/failure.hpp"
#include "base/json.hpp"
#include "coordinator/http_server.hpp"
#include "coordinator/player.hpp"
#include "coordinator/troubles.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

namespace cloudretro::coordinator {
namespace {

using base::Json;
using store::Kind;
using Steady = std::chrono::steady_clock;

constexpr std::string_view root = "/api/saves";
constexpr int mostGames = 60;                                               // to continue
constexpr Attempts::Limit perNetwork{0.2, 10}, together{1, 16};             // uploads: each may be 64 MiB
const std::set<std::string> actions{"rename", "remove", "undo", "restore"}; // NOLINT(cert-err58-cpp)

// What is below /api/saves, between its slashes.
std::vector<std::string> partsOf(const std::string& path) {
    std::vector<std::string> parts;
    for (auto rest = std::string_view(path).substr(root.size()); !rest.empty();) {
        rest.remove_prefix(1);
        const auto end = std::min(rest.find('/'), rest.size());
        parts.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    return parts;
}

// What the store keeps under that kind: one of each, but for states.
bool isSlotOf(Kind kind, const std::string& slot) {
    return slot == "auto" || (kind == Kind::State && store::isNumbered(slot));
}

std::optional<std::int64_t> sequenceOf(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool good = error == std::errc() && end == text.data() + text.size() && number > 0;
    return good ? std::optional(number) : std::nullopt;
}

// "Flash, state 1.state", for the folder of downloads.
std::string fileName(const store::SaveKey& key) {
    const auto game = key.game.substr(key.game.find('/') + 1);
    switch (key.kind) {
    case Kind::Sram:
        return game + ".srm";
    case Kind::Files:
        return game + ".tar";
    case Kind::State:
        break;
    }
    return game + ", " + (key.slot == "auto" ? "automatic" : "slot " + key.slot) + ".state";
}

std::string disposition(const std::string& name) {
    const base::Chars escaped(g_uri_escape_string(name.c_str(), nullptr, FALSE));
    return std::string("attachment; filename*=UTF-8''") + escaped.get();
}

// What an action is told.
struct Change {
    int sequence = 0;
    std::string name;
    static void fields(auto& m, auto&& f) { f("sequence", m.sequence), f("name", m.name); }
};

HttpAnswer storeAnswer(const protocol::Trouble& trouble) {
    const bool isOurs =
        trouble.code != "bad-save" && trouble.code != "save-too-large" && trouble.code != "stale";
    const int status = trouble.code == "save-missing" ? 404 : isOurs ? 503 : 409;
    return troubleAnswer(status, trouble);
}

}

SavePages::SavePages(store::Saves& saves) : saves_(saves), uploads_(perNetwork, together) {}

bool SavePages::takes(const std::string& path) { return isWithin(path, root); }

// An upload counts before it is read.
BodyRule SavePages::admit(const HttpRequest& request) {
    const auto parts = partsOf(request.path);
    if (parts.size() == 5) return {HttpServer::smallBody};
    if (parts.size() != 4) return {};
    if (refuseStrangers(request)) return {store::maxSaveBytes, troubleAnswer(403, strangeOrigin())};
    const auto network = networkOf(request);
    if (const auto wait = uploads_.wait(network, Steady::now()); wait.count())
        return {store::maxSaveBytes, troubleAnswer(429, tooManyUploads(wait))};
    uploads_.spend(network, Steady::now());
    return {store::maxSaveBytes};
}

void SavePages::answer(const HttpRequest& request, const HttpReply& reply) {
    const auto& key = request.header("X-Player");
    if (key.empty() || key.size() > maxKey) return reply(troubleAnswer(401, noPlayer()));
    if (request.method == "POST" && refuseStrangers(request))
        return reply(troubleAnswer(403, strangeOrigin()));
    const auto player = playerOf(key);
    const auto parts = partsOf(request.path);
    const bool posts = request.method == "POST";
    try {
        if (!posts && parts.empty())
            return reply(jsonAnswer(200, list(saves_.listRecent(player, mostGames))));
        if (!posts && parts.size() == 2)
            return reply(jsonAnswer(200, history(player, parts[0] + "/" + parts[1])));
        const auto place = placeOf(parts, player);
        if (!place) return reply(troubleAnswer(404, nothingHere()));
        if (!posts) return fetch(*place, reply);
        if (place->rest.empty()) return bring(*place, request, reply);
        reply(change(*place, request));
    } catch (const base::Failure& failure) { reply(troubleAnswer(503, failure.trouble())); }
}

std::optional<SavePages::Place> SavePages::placeOf(
    const std::vector<std::string>& parts, const std::string& player) const {
    if (parts.size() < 4 || parts.size() > 6) return std::nullopt;
    const auto kind = store::kindOf(parts[2]);
    if (!kind || !isSlotOf(*kind, parts[3])) return std::nullopt;
    Place place{{player, parts[0] + "/" + parts[1], *kind, parts[3]}, {}, {}};
    if (parts.size() > 4) place.rest = parts[4];
    if (parts.size() > 5) place.more = parts[5];
    if (store::faultOf(place.key)) return std::nullopt;
    return place;
}

// ---- what there is ----

// It may have left the library since.
protocol::Game SavePages::gameOf(const std::string& id) const {
    if (auto game = findGame(id)) return std::move(*game);
    protocol::Game game;
    game.id = id;
    game.system = id.substr(0, id.find('/'));
    game.name = id.substr(std::min(id.size(), game.system.size() + 1));
    game.playable = false;
    return game;
}

SaveView SavePages::view(const store::Version& version) const {
    return {gameOf(version.key.game), store::nameOf(version.key.kind), version.key.slot,
        double(version.sequence), version.name, double(version.time), double(version.size), version.core,
        version.coreVersion, !version.thumbnail.empty(), version.current};
}

std::string SavePages::list(const std::vector<store::Version>& versions) const {
    Json list = Json::array();
    for (const auto& version : versions) list.push_back(base::encodePart(view(version)));
    return base::dumpJson(list);
}

std::string SavePages::history(const std::string& player, const std::string& game) {
    std::vector<store::Version> all;
    for (const auto& slot : saves_.list(player, game))
        std::ranges::move(saves_.history(slot.key), std::back_inserter(all));
    std::ranges::stable_sort(all, std::greater(), &store::Version::time);
    return list(all);
}

void SavePages::fetch(const Place& place, const HttpReply& reply) {
    const auto sequence = sequenceOf(place.rest);
    const bool wantsPicture = place.more == "picture";
    const auto version = sequence ? saves_.find(place.key, *sequence) : std::nullopt;
    if (!version || (!place.more.empty() && !wantsPicture) || (wantsPicture && version->thumbnail.empty()))
        return reply(troubleAnswer(404, nothingHere()));
    if (wantsPicture)
        return saves_.thumbnail(
            *version, [reply, hash = version->thumbnail](store::Result<store::Bytes> bytes) {
                if (!bytes) return reply(storeAnswer(bytes.trouble()));
                auto answer = textAnswer(200, "image/jpeg", **bytes);
                answer.etag = "\"" + hash + "\"";
                reply(answer);
            });
    saves_.get(*version, [reply, name = fileName(place.key)](store::Result<store::Bytes> bytes) {
        if (!bytes) return reply(storeAnswer(bytes.trouble()));
        auto answer = textAnswer(200, "application/octet-stream", **bytes);
        answer.headers = {{"Content-Disposition", disposition(name)}};
        reply(answer);
    });
}

// ---- what changes ----

// A tar would be unpacked on a worker, so only workers bring those.
void SavePages::bring(const Place& place, const HttpRequest& request, const HttpReply& reply) {
    if (request.body.empty() || place.key.kind == Kind::Files) return reply(troubleAnswer(400, badRequest()));
    if (!findGame(place.key.game)) return reply(troubleAnswer(404, unknownGame(place.key.game)));
    store::SaveWrite write;
    write.key = place.key;
    write.bytes = request.body;
    write.epoch = saves_.index().newestEpoch(place.key); // a room that runs goes on saving
    saves_.put(std::move(write), [this, reply](store::Result<store::Version> version) {
        if (!version) return reply(storeAnswer(version.trouble()));
        reply(jsonAnswer(200, base::dumpJson(base::encodePart(view(*version)))));
        onChanged(version->key.profile, version->key.game);
    });
}

HttpAnswer SavePages::change(const Place& place, const HttpRequest& request) {
    const auto& action = place.rest;
    const auto change = isJson(request) ? base::decodePart<Change>(request.body) : std::nullopt;
    if (!place.more.empty() || !actions.contains(action)) return troubleAnswer(404, nothingHere());
    if (!change || !isSaneName(change->name)) return troubleAnswer(400, badRequest());
    bool done = true;
    if (action == "rename")
        done = saves_.rename(place.key, change->sequence, plainName(change->name));
    else if (action == "remove")
        saves_.remove(place.key);
    else if (action == "undo")
        done = saves_.undo(place.key).has_value();
    else
        done = saves_.restore(place.key, change->sequence).has_value();
    if (!done) return troubleAnswer(409, noSuchSave());
    onChanged(place.key.profile, place.key.game);
    return jsonAnswer(200, "{}");
}

}
