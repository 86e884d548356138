#include "coordinator/store/manifest.hpp"
#include "base/sha256.hpp"

#include "base/json.hpp"
#include "coordinator/store/object.hpp"
#include "coordinator/store/saves.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace cloudretro::coordinator::store {
namespace {

using base::Json;

constexpr const char* format = "cloudretro-saves-1";

Json jsonOf(const Version& v) {
    return {{"profile", v.key.profile}, {"game", v.key.game}, {"kind", nameOf(v.key.kind)},
        {"slot", v.key.slot}, {"sequence", v.sequence}, {"object", v.object}, {"size", v.size},
        {"thumbnail", v.thumbnail}, {"time", v.time}, {"name", v.name}, {"core", v.core},
        {"coreVersion", v.coreVersion}, {"room", v.room}, {"epoch", v.epoch}, {"current", v.current}};
}

// Takes fields out of one object, and remembers whether all were there and of their kind.
class Fields {
public:
    explicit Fields(const Json& json) : json_(json), good_(json.is_object()) {}

    std::string text(const char* name) {
        const auto* value = find(name);
        good_ = good_ && value && value->is_string();
        return good_ ? value->get<std::string>() : "";
    }
    std::int64_t number(const char* name) {
        const auto* value = find(name);
        good_ = good_ && value && value->is_number_unsigned() &&
                value->get<std::uint64_t>() <= std::uint64_t(std::numeric_limits<std::int64_t>::max());
        return good_ ? value->get<std::int64_t>() : 0;
    }
    bool flag(const char* name) {
        const auto* value = find(name);
        good_ = good_ && value && value->is_boolean();
        return good_ && value->get<bool>();
    }
    bool good() const { return good_; }

private:
    const Json* find(const char* name) const {
        if (!good_) return nullptr;
        const auto found = json_.find(name);
        return found == json_.end() ? nullptr : &*found;
    }

    const Json& json_;
    bool good_;
};

bool isSane(const Version& v) {
    return !faultOf(v.key) && base::isSha256(v.object) &&
           (v.thumbnail.empty() || base::isSha256(v.thumbnail)) && v.size <= maxSaveBytes && v.sequence > 0;
}

std::optional<Version> versionOf(const Json& json) {
    Fields fields(json);
    Version v;
    const auto kind = kindOf(fields.text("kind"));
    v.key = {fields.text("profile"), fields.text("game"), kind.value_or(Kind::State), fields.text("slot")};
    v.sequence = fields.number("sequence");
    v.object = fields.text("object");
    v.size = std::size_t(fields.number("size"));
    v.thumbnail = fields.text("thumbnail");
    v.time = fields.number("time");
    v.name = fields.text("name");
    v.core = fields.text("core");
    v.coreVersion = fields.text("coreVersion");
    v.room = fields.text("room");
    v.epoch = fields.number("epoch");
    v.current = fields.flag("current");
    if (!fields.good() || !kind || !isSane(v)) return std::nullopt;
    return v;
}

// In order, each once, and one of them current: the last when its own is not among them.
bool arrange(std::vector<Version>& slot) {
    const auto bySequence = [](const Version& a, const Version& b) { return a.sequence < b.sequence; };
    std::sort(slot.begin(), slot.end(), bySequence);
    const auto same = [](const Version& a, const Version& b) { return a.sequence == b.sequence; };
    if (std::adjacent_find(slot.begin(), slot.end(), same) != slot.end()) return false;
    const auto current = std::count_if(slot.begin(), slot.end(), [](const Version& v) { return v.current; });
    if (current == 0) slot.back().current = true;
    return current <= 1;
}

}

std::string writeManifest(const std::vector<Version>& versions) {
    Json list = Json::array();
    for (const auto& version : versions) list.push_back(jsonOf(version));
    return Json{{"format", format}, {"versions", std::move(list)}}.dump(
               1, ' ', false, Json::error_handler_t::replace) +
           "\n";
}

std::optional<std::vector<std::vector<Version>>> readManifest(std::string_view text) {
    const auto json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("format") || json["format"] != format ||
        !json.contains("versions") || !json["versions"].is_array())
        return std::nullopt;
    std::map<SaveKey, std::vector<Version>> slots;
    for (const auto& item : json["versions"]) {
        auto version = versionOf(item);
        if (!version) return std::nullopt;
        slots[version->key].push_back(std::move(*version));
    }
    std::vector<std::vector<Version>> arranged;
    for (auto& [key, versions] : slots) {
        if (!arrange(versions)) return std::nullopt;
        arranged.push_back(std::move(versions));
    }
    return arranged;
}

}
