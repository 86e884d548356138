#include "coordinator/store/maintenance.hpp"

#include "base/compression.hpp"
#include "base/failure.hpp"
#include "base/loop.hpp"
#include "coordinator/store/manifest.hpp"

#include <optional>
#include <set>

namespace cloudretro::coordinator::store {
namespace {

constexpr std::chrono::seconds graceOfGarbage = std::chrono::hours(1);
constexpr const char* manifestName = "saves.json";
const std::string objectFolder = "objects/";

template <class T, class F> Result<T> await(F start) {
    std::optional<Result<T>> answer;
    start([&](Result<T> result) { answer.emplace(std::move(result)); });
    while (!answer) g_main_context_iteration(nullptr, TRUE); // a store answers in a bounded time
    return std::move(*answer);
}

[[noreturn]] void fail(const protocol::Trouble& trouble) {
    throw base::Failure(trouble.code, trouble.message, trouble.remedy);
}

template <class T> T orFail(Result<T> result) {
    if (!result) fail(result.trouble());
    return std::move(*result);
}

// The object, or nothing when it is missing or damaged. A store that cannot be reached says nothing of an
// object.
Bytes fetch(Saves& saves, const std::string& hash) {
    auto got = await<Bytes>([&](auto done) { saves.blobs().get(hash, done); });
    if (got) return *got;
    const auto& code = got.trouble().code;
    if (code != "save-missing" && code != "save-damaged") fail(got.trouble());
    return nullptr;
}

std::string nameOf(const Version& version) {
    return version.key.game + " of " + version.key.profile + ", " + store::nameOf(version.key.kind) +
           " in slot " + version.key.slot + ", version " + std::to_string(version.sequence) +
           (version.current ? " (current)" : "");
}

bool isStillThere(Saves& saves, const Version& version) {
    const auto now = saves.find(version.key, version.sequence);
    return now && now->object == version.object && now->thumbnail == version.thumbnail;
}

// What is wrong with it, as the end of a sentence.
std::optional<std::string> faultIn(Saves& saves, const Version& version) {
    const auto object = fetch(saves, version.object);
    if (!object) return "its object " + version.object + " is missing or damaged";
    if (version.size > maxSaveBytes || !base::decompress(*object, version.size))
        return "its object " + version.object + " does not unpack to " + std::to_string(version.size) +
               " bytes";
    if (!version.thumbnail.empty() && !fetch(saves, version.thumbnail))
        return "its thumbnail " + version.thumbnail + " is missing or damaged";
    return std::nullopt;
}

void addObject(Saves& saves, ArchiveWriter& archive, const std::string& hash, std::set<std::string>& added) {
    if (hash.empty() || added.contains(hash)) return;
    const auto bytes = fetch(saves, hash);
    if (!bytes) return; // reported by the caller, who looks at `added`
    archive.add(objectFolder + hash, *bytes);
    added.insert(hash);
}

[[noreturn]] void failImport(const std::string& what) {
    throw base::Failure("archive", "The import was given up, and no slot was changed: " + what + ".",
        "Import a folder or .tar that \"cloudretro saves export\" made and nobody changed.");
}

void requireObjects(
    Saves& saves, const std::vector<std::vector<Version>>& slots, const std::set<std::string>& stored) {
    for (const auto& slot : slots)
        for (const auto& version : slot)
            for (const auto& hash : {version.object, version.thumbnail})
                if (!hash.empty() && !stored.contains(hash) &&
                    !orFail(await<bool>([&](auto done) { saves.blobs().has(hash, done); })))
                    failImport("the object " + hash + " of " + nameOf(version) + " is not in it");
}

}

Verified verify(Saves& saves, const std::function<void(const std::string&)>& report) {
    // Also where there are no saves yet, it should tell of a wrong key or bucket.
    orFail(await<std::vector<ObjectInfo>>([&](auto done) { saves.blobs().list(done); }));
    Verified result;
    for (const auto& fault : saves.index().faults()) {
        report(fault);
        ++result.bad;
    }
    for (const auto& version : saves.index().all()) {
        ++result.versions;
        const auto fault = faultIn(saves, version);
        if (!fault || !isStillThere(saves, version)) continue; // the server may have forgotten it meanwhile
        report(nameOf(version) + ": " + *fault + ".");
        ++result.bad;
    }
    return result;
}

Collected collectGarbage(Saves& saves) {
    Collected result;
    for (const auto& info :
        orFail(await<std::vector<ObjectInfo>>([&](auto done) { saves.blobs().list(done); }))) {
        if (info.age < graceOfGarbage || saves.index().refersTo(info.hash)) continue;
        if (!orFail(await<bool>([&](auto done) { saves.blobs().remove(info.hash, graceOfGarbage, done); })))
            continue;
        ++result.objects;
        result.bytes += info.size;
    }
    return result;
}

std::size_t exportTo(Saves& saves, ArchiveWriter& archive) {
    std::set<std::string> added;
    std::vector<Version> exported;
    for (const auto& version : saves.index().all()) {
        addObject(saves, archive, version.object, added);
        addObject(saves, archive, version.thumbnail, added);
        const bool whole = added.contains(version.object) &&
                           (version.thumbnail.empty() || added.contains(version.thumbnail));
        if (whole)
            exported.push_back(version);
        else if (isStillThere(saves, version))
            throw base::Failure("save-damaged",
                "The export was given up: " + nameOf(version) + " is not whole.",
                "See what is wrong with: cloudretro saves verify");
    }
    archive.add(manifestName, writeManifest(exported)); // last: without it an export is none
    archive.finish();
    return exported.size();
}

Imported importFrom(Saves& saves, ArchiveReader& archive) {
    std::optional<std::vector<std::vector<Version>>> slots;
    std::set<std::string> stored;
    while (auto entry = archive.next()) {
        if (entry->name == manifestName) {
            slots = readManifest(entry->bytes);
            if (!slots) failImport("its saves.json is damaged, or of another version of the program");
        } else if (entry->name.starts_with(objectFolder)) {
            const auto object = Object::of(std::move(entry->bytes));
            if (objectFolder + object.hash != entry->name) failImport(entry->name + " is damaged");
            orFail(await<Done>([&](auto done) { saves.blobs().put(object, done); }));
            stored.insert(object.hash);
        }
    }
    if (!slots) failImport("it has no saves.json");
    requireObjects(saves, *slots, stored);
    Imported result;
    for (const auto& slot : *slots) {
        if (saves.index().adopt(slot))
            result.versions += slot.size();
        else
            ++result.skippedSlots;
    }
    return result;
}

}
