#include "coordinator/store/command.hpp"

#include "base/failure.hpp"
#include "coordinator/store/maintenance.hpp"
#include "coordinator/store/open.hpp"

#include <filesystem>
#include <iostream>

namespace cloudretro::coordinator::store {
namespace {

// Only an import may make a new one: a wrong --data-dir should not look like one without saves.
void requireDatabase(const base::Config& config) {
    const auto file = std::filesystem::path(config.dataDir) / "cloudretro.db";
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        throw base::Failure("config", "There are no saves at " + file.string() + ".",
            "Name the folder that the server uses with --data-dir.");
}

int verifySaves(Saves& saves) {
    const auto result = verify(saves, [](const std::string& fault) { std::cout << fault << '\n'; });
    if (result.bad)
        std::cout << result.bad << " faults in " << result.versions << " saves.\n";
    else
        std::cout << result.versions << " saves, all good.\n";
    return result.bad ? 1 : 0;
}

int collect(Saves& saves) {
    const auto result = collectGarbage(saves);
    std::cout << result.objects << " objects removed, " << result.bytes << " bytes.\n";
    return 0;
}

int exportSaves(Saves& saves, const std::string& path) {
    std::cout << exportTo(saves, *ArchiveWriter::open(path)) << " saves exported to " << path << ".\n";
    return 0;
}

int importSaves(Saves& saves, const std::string& path) {
    const auto result = importFrom(saves, *ArchiveReader::open(path));
    std::cout << result.versions << " saves imported from " << path << ".\n";
    if (result.skippedSlots)
        std::cout << result.skippedSlots << " slots have saves here already, and were left alone.\n";
    return 0;
}

}

int runSavesCommand(const base::Config& config, const base::SavesCommand& command) {
    if (command.action != "import") requireDatabase(config);
    const auto saves = openSaves(config);
    if (command.action == "verify") return verifySaves(*saves);
    if (command.action == "gc") return collect(*saves);
    if (command.action == "export") return exportSaves(*saves, command.path);
    return importSaves(*saves, command.path);
}

}
