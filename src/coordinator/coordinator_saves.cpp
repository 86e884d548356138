// Saves: what rooms, their workers and pages have to do with the store.
#include "base/failure.hpp"
#include "base/log.hpp"
#include "coordinator/coordinator.hpp"

namespace cloudretro::coordinator {

using namespace protocol;

namespace {

const std::string& messageOf(const base::Failure& failure) { return failure.trouble().message; }

}

void Coordinator::wireSaves() {
    saveDesk_.wishOf = [this](const std::string& room, int request) -> std::optional<SaveDesk::Wish> {
        const auto* errand = rooms_.saveErrand(room, request);
        return errand ? std::optional(SaveDesk::Wish{errand->slot, errand->name}) : std::nullopt;
    };
    saveDesk_.onStored = [this](const SaveUpload& about, const store::Version& version) {
        stored(about, version);
    };
    saveDesk_.onRefused = [this](const SaveUpload& about, const Trouble& trouble, bool forGood) {
        base::logWarning("A save was not stored: " + trouble.message, about.room);
        rooms_.notStored(about.room, about.request, trouble, forGood);
    };
    savePages_.findGame = [this](const std::string& id) -> std::optional<Game> {
        const auto found = library_.games().find(id);
        return found == library_.games().end() ? std::nullopt
                                               : std::optional(describe(found->second, workers()));
    };
    savePages_.onChanged = [this](const std::string& player, const std::string& game) {
        savesChanged(player, game);
    };
}

BodyRule Coordinator::admitPost(const HttpRequest& request) {
    if (SaveDesk::takes(request.path)) return saveDesk_.admit(request);
    if (!SavePages::takes(request.path)) return {Site::takesPost(request.path) ? HttpServer::smallBody : 0};
    if (auto refusal = site_.refuse(request)) return {HttpServer::smallBody, std::move(refusal)};
    return savePages_.admit(request);
}

void Coordinator::answer(const HttpRequest& request, const HttpReply& reply) {
    if (const auto file = gameFiles_.answer(request)) return reply(*file);
    if (SaveDesk::takes(request.path)) return saveDesk_.answer(request, reply);
    if (!SavePages::takes(request.path)) return reply(site_.answer(request));
    if (const auto refusal = site_.refuse(request)) return reply(*refusal);
    savePages_.answer(request, reply);
}

// Without them the game starts all the same; that nothing is saved its players hear when it is to be.
void Coordinator::addSaves(RoomRecord& record, bool resume, OpenRoom& order) {
    try {
        saveDesk_.open(record, resume, order);
    } catch (const base::Failure& failure) {
        base::logWarning("A room starts without its saves: " + messageOf(failure), record.room);
    }
}

std::optional<SavedBytes> Coordinator::findState(
    const RoomRecord& record, const std::string& slot, int sequence) {
    try {
        return saveDesk_.state(record, slot, sequence);
    } catch (const base::Failure& failure) {
        base::logWarning("A save was not found: " + messageOf(failure), record.room);
        return std::nullopt;
    }
}

void Coordinator::adoptSaves(const RoomRecord& record) {
    try {
        saveDesk_.adopt(record);
    } catch (const base::Failure& failure) {
        base::logWarning("What a room saves is not known: " + messageOf(failure), record.room);
    }
}

void Coordinator::savesChanged(const std::string& player, const std::string& game) {
    for (const auto& [id, browser] : browsers_)
        if (browser->visitor().player == player) browser->send(SavesChanged{game});
}

// An automatic state comes every few seconds: of those the pages hear only when nobody plays any more.
void Coordinator::stored(const SaveUpload& about, const store::Version& version) {
    rooms_.stored(about.room, about.request, int(version.sequence));
    const auto room = rooms_.all().find(about.room);
    const bool isPlayed = room != rooms_.all().end() && room->second.isAnybodyHere();
    if (about.request || !isPlayed) savesChanged(version.key.profile, version.key.game);
}

}
