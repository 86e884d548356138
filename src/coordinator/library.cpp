#include "coordinator/library.hpp"

#include "base/glib.hpp"

#include <algorithm>
#include <tuple>

namespace cloudretro::coordinator {
namespace {

namespace fs = std::filesystem;

constexpr int deepest = 2;

// Ids travel as JSON and in addresses, which know only UTF-8; file names are any bytes.
std::string validText(const std::string& name) {
    return base::Chars(g_utf8_make_valid(name.data(), gssize(name.size()))).get();
}

auto preference(const LibraryGame& g) { return std::tie(g.root, g.rank, g.file); }

}

Scan::Scan(const Catalogue& catalogue, std::vector<fs::path> roots) : catalogue_(catalogue) {
    for (std::size_t i = 0; i < roots.size(); ++i) todo_.push_back({std::move(roots[i]), int(i), nullptr, 0});
}

bool Scan::step() {
    if (todo_.empty()) return true;
    const auto folder = std::move(todo_.back());
    todo_.pop_back();
    seen_.push_back(folder.path);
    read(folder);
    return todo_.empty();
}

void Scan::read(const Folder& folder) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder.path, error)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with('.')) continue;
        const bool isFolder = entry.is_directory(error); // follows links: the owner may point anywhere
        if (!folder.system) {
            if (const auto* system = isFolder ? catalogue_.byFolder(name) : nullptr)
                todo_.push_back({entry.path(), folder.root, system, 0});
        } else if (isFolder) {
            if (folder.depth < deepest)
                todo_.push_back({entry.path(), folder.root, folder.system, folder.depth + 1});
        } else if (entry.is_regular_file(error))
            consider(entry.path(), folder);
    }
}

void Scan::consider(const fs::path& file, const Folder& folder) {
    const auto& system = *folder.system;
    const auto extension = file.extension().string();
    const int rank = extension.empty() ? -1 : system.rankOf(std::string_view(extension).substr(1));
    if (rank < 0) return;
    const auto name = validText(file.stem().string());
    LibraryGame game{{system.id + "/" + name, system.id, system.name, name, system.seats, true},
        fs::absolute(file).string(), folder.root, rank};
    const auto [known, isNew] = games_.try_emplace(game.game.id, game);
    if (!isNew && preference(game) < preference(known->second)) known->second = std::move(game);
}

}
