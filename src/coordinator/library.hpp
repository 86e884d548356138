#pragma once
// The games that can be played: files in the folders of their systems.
#include "cloudretro/protocol.hpp"
#include "coordinator/catalogue.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace cloudretro::coordinator {

struct LibraryGame {
    protocol::Game game; // `playable` is for whoever knows the workers
    std::string file;    // absolute path
    int root = 0;        // which of the scanned folders it is from
    int rank = 0;        // of its extension in the catalogue

    bool operator==(const LibraryGame& o) const { return game.id == o.game.id && file == o.file; }
};

// By id, "<system>/<file name without extension>", which is all that a browser may name.
using Games = std::map<std::string, LibraryGame>;

// A walk over <root>/<system or alias>/<file>, and two folders deeper. Of files with the same id the first
// root wins, then the extension that the catalogue names first, then the first path. Hidden files, unknown
// folders and unknown extensions are no games. What cannot be read is skipped. Pure; done in steps, so that a
// library of thousands of files does not keep the loop from its other work.
class Scan {
public:
    Scan(const Catalogue& catalogue, std::vector<std::filesystem::path> roots);

    // Looks at one more folder; true: all is done.
    bool step();

    Games takeGames() { return std::move(games_); }
    const std::vector<std::filesystem::path>& folders() const {
        return seen_;
    } // all that were read: to be watched

private:
    struct Folder {
        std::filesystem::path path;
        int root = 0;
        const System* system = nullptr; // null: a root itself
        int depth = 0;                  // below the system's folder
    };
    void read(const Folder& folder);
    void consider(const std::filesystem::path& file, const Folder& folder);

    const Catalogue& catalogue_;
    std::vector<Folder> todo_;
    std::vector<std::filesystem::path> seen_;
    Games games_;
};

}
