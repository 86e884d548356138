#include "coordinator/save_desk.hpp"
#include "base/sha256.hpp"

#include "base/json.hpp"
#include "base/multipart.hpp"
#include "base/secret.hpp"
#include "coordinator/access.hpp"
#include "coordinator/store/troubles.hpp"
#include "coordinator/troubles.hpp"

#include <string_view>
#include <utility>

namespace cloudretro::coordinator {
namespace {

using namespace std::chrono_literals;
using namespace protocol;
using store::Kind;

constexpr std::string_view folder = "/worker/saves";
constexpr std::size_t maxUpload = store::maxObjectBytes + store::maxThumbnailBytes + std::size_t{64} * 1024;
constexpr auto recovery = 10s; // after its start a coordinator does not know yet which rooms there are
constexpr auto automatic = "auto";

struct Upload {
    SaveUpload about;
    Kind kind = Kind::State;
    std::string bytes, picture;
};

// nullopt: not what a worker sends.
std::optional<Upload> uploadOf(const HttpRequest& request) {
    auto form = base::readForm(request.header("Content-Type"), request.body);
    if (!form || !form->contains("about") || !form->contains("bytes")) return std::nullopt;
    auto about = base::decodePart<SaveUpload>(form->at("about"));
    const auto kind = about ? store::kindOf(about->kind) : std::nullopt;
    if (!kind || !(about->size >= 0 && about->size <= double(store::maxSaveBytes))) return std::nullopt;
    return Upload{std::move(*about), *kind, std::move(form->at("bytes")), std::move((*form)["picture"])};
}

// What a worker makes of it: 409 and other 4xx, never send it again; else, later.
int statusOf(const Trouble& trouble) {
    if (trouble.code == "stale") return 409;
    if (trouble.code == "save-too-large") return 413;
    return trouble.code == "bad-save" ? 422 : 503;
}

SavedBytes savedBytes(const store::Version& version) { return {version.object, double(version.size), {}}; }

}

// ---- rooms ----

SavedBytes SaveDesk::latest(const RoomRecord& record, Kind kind) {
    const auto version = saves_.latest({record.owner, record.game.id, kind, automatic});
    return version ? savedBytes(*version) : SavedBytes{};
}

void SaveDesk::open(RoomRecord& record, bool resume, OpenRoom& order) {
    record.epoch = order.epoch = double(saves_.openRoom(record.room, record.game.id, record.owner));
    order.sram = latest(record, Kind::Sram);
    order.saveFiles = latest(record, Kind::Files);
    const auto state = saves_.latest({record.owner, record.game.id, Kind::State, automatic});
    if (state && (resume || state->room == record.room)) order.state = savedBytes(*state);
}

void SaveDesk::adopt(const RoomRecord& record) {
    const auto epoch = std::int64_t(record.epoch);
    if (epoch < 1 || saves_.writerOf(record.room, epoch)) return;
    saves_.adoptRoom(record.room, epoch, {record.owner, record.game.id});
}

std::optional<SavedBytes> SaveDesk::state(const RoomRecord& record, const std::string& slot, int sequence) {
    const store::SaveKey key{record.owner, record.game.id, Kind::State, slot};
    const auto version = sequence ? saves_.find(key, sequence) : saves_.latest(key);
    return version ? std::optional(savedBytes(*version)) : std::nullopt;
}

// ---- workers ----

bool SaveDesk::takes(const std::string& path) { return isWithin(path, folder); }

bool SaveDesk::isWorker(const HttpRequest& request) const {
    return base::equalSecrets(bearerOf(request.header("Authorization")), token_);
}

BodyRule SaveDesk::admit(const HttpRequest& request) const {
    if (request.path != folder) return {};
    if (!isWorker(request)) return {maxUpload, troubleAnswer(401, onlyWorkers())};
    return {maxUpload};
}

void SaveDesk::answer(const HttpRequest& request, const HttpReply& reply) {
    if (!isWorker(request)) return reply(troubleAnswer(401, onlyWorkers()));
    if (request.method == "POST") return receive(request, reply);
    const auto object = request.path.substr(std::min(request.path.size(), folder.size() + 1));
    if (!base::isSha256(object)) return reply(troubleAnswer(404, nothingHere()));
    saves_.object(object, [reply](store::Result<store::Bytes> bytes) {
        if (bytes) return reply(textAnswer(200, "application/zstd", **bytes));
        reply(troubleAnswer(bytes.trouble().code == "save-missing" ? 404 : 503, bytes.trouble()));
    });
}

HttpAnswer SaveDesk::unknownRoom() const {
    const bool isEarly = std::chrono::steady_clock::now() - started_ < recovery;
    return troubleAnswer(isEarly ? 503 : 410, coordinator::unknownRoom());
}

// A state that somebody asked for belongs into their slot. When they do not wait any more they were told that
// it failed, and it may be older than what is stored by now.
void SaveDesk::receive(const HttpRequest& request, const HttpReply& reply) {
    auto upload = uploadOf(request);
    if (!upload) return reply(troubleAnswer(400, badRequest()));
    const auto& about = upload->about;
    const auto epoch = std::int64_t(about.epoch);
    const auto writer = saves_.writerOf(about.room, epoch);
    if (!writer) return reply(unknownRoom());
    if (saves_.wentOn(about.room, epoch)) return reply(troubleAnswer(409, store::staleSave()));
    Wish wish{automatic, {}};
    if (about.request && upload->kind == Kind::State) {
        const auto wanted = wishOf(about.room, about.request);
        if (!wanted) return reply(troubleAnswer(410, savedTooLate()));
        wish = *wanted;
    }
    store::SaveWrite write;
    write.key = {writer->profile, writer->game, upload->kind, wish.slot};
    write.bytes = std::move(upload->bytes);
    write.thumbnail = std::move(upload->picture);
    write.epoch = epoch;
    write.name = wish.name;
    write.core = about.core;
    write.coreVersion = about.coreVersion;
    write.room = about.room;
    write.unpacked = std::size_t(about.size);
    store(about, std::move(write), reply);
}

void SaveDesk::store(const SaveUpload& about, store::SaveWrite write, const HttpReply& reply) {
    saves_.put(std::move(write), [this, about, reply](store::Result<store::Version> result) {
        if (result) {
            onStored(about, *result);
            return reply(jsonAnswer(200, "{}"));
        }
        const int status = statusOf(result.trouble());
        onRefused(about, result.trouble(), status < 500);
        reply(troubleAnswer(status, result.trouble()));
    });
}

}
