#pragma once
// A player's own saves, as the pages list, fetch, bring and change them: /api/saves. (docs/saves.md)
#include "cloudretro/protocol.hpp"
#include "coordinator/attempts.hpp"
#include "coordinator/http.hpp"
#include "coordinator/store/saves.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::coordinator {

// One save, for pages.
struct SaveView {
    protocol::Game game;
    std::string kind, slot;
    double sequence = 0;
    std::string name;
    double time = 0; // ms since 1970
    double size = 0; // bytes
    std::string core, coreVersion;
    bool picture = false;
    bool current = false; // it is what its slot holds
    static void fields(auto& m, auto&& f) {
        f("game", m.game), f("kind", m.kind), f("slot", m.slot), f("sequence", m.sequence), f("name", m.name),
            f("time", m.time), f("size", m.size), f("core", m.core), f("coreVersion", m.coreVersion),
            f("picture", m.picture), f("current", m.current);
    }
};

// Lives on the loop. Throws Failure when the database cannot do as told.
class SavePages {
public:
    explicit SavePages(store::Saves& saves); // stands longer than this

    static bool takes(const std::string& path);
    BodyRule admit(const HttpRequest& request);
    void answer(const HttpRequest& request, const HttpReply& reply);

    std::function<std::optional<protocol::Game>(const std::string& id)>
        findGame; // nullopt: not in the library
    std::function<void(const std::string& player, const std::string& game)> onChanged;

private:
    // Whose save a path names: "<system>/<name>/<kind>/<slot>", and what comes after.
    struct Place {
        store::SaveKey key;
        std::string rest; // empty: nothing
        std::string more; // after `rest`
    };

    std::optional<Place> placeOf(const std::vector<std::string>& parts, const std::string& player) const;
    std::string list(const std::vector<store::Version>& versions) const;
    std::string history(const std::string& player, const std::string& game);
    void fetch(const Place& place, const HttpReply& reply);
    void bring(const Place& place, const HttpRequest& request, const HttpReply& reply);
    HttpAnswer change(const Place& place, const HttpRequest& request);
    protocol::Game gameOf(const std::string& id) const;
    SaveView view(const store::Version& version) const;

    store::Saves& saves_;
    Attempts uploads_;
};

}
