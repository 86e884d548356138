#pragma once
// Which systems there are, and which core runs which files: cores/catalogue.toml.
#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::coordinator {

struct Core {
    std::string name;                 // libretro name: "nestopia"
    std::string package;              // Debian package that brings it; empty: ours
    std::vector<std::string> options; // "key=value"
};

struct System {
    std::string id; // "nes": folder and address
    std::string name, shortName;
    std::vector<std::string> aliases;    // other folder names that mean it
    std::vector<std::string> extensions; // lower case, no dot
    int seats = 2;
    std::vector<Core> cores; // in order of preference

    // Where `extension` (any case) stands among those of this system; -1: not one of them.
    int rankOf(std::string_view extension) const;
};

// Plain data. Throws Failure "config", which names `origin`, for text that is no catalogue.
class Catalogue {
public:
    // Takes the systems of `text` over; one that is already known by its id is replaced.
    void add(std::string_view text, const std::string& origin);

    const System* byFolder(std::string_view folder) const; // id or alias, any case; null: unknown
    const System* byId(std::string_view id) const;

private:
    std::vector<System> systems_;
};

// The one in the binary and `more` files over it.
Catalogue readCatalogue(const std::vector<std::string>& more);

}
