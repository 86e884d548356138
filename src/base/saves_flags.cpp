#include "base/saves_flags.hpp"

#include "base/failure.hpp"

#include <CLI/CLI.hpp>

namespace cloudretro::base {
namespace {

CLI::App& addAction(
    CLI::App& saves, SavesCommand& command, const std::string& name, const char* description) {
    auto* action = saves.add_subcommand(name, description);
    action->fallthrough(); // flags may stand after it
    action->callback([&command, name] { command.action = name; });
    return *action;
}

}

void declareS3Flags(CLI::App& app, Config& config) {
    const char* group = "Saves (coordinator)";
    app.add_option("--s3-endpoint", config.s3Endpoint,
           "S3-compatible server that keeps the saves' contents: https://s3.example.org")
        ->group(group);
    app.add_option("--s3-bucket", config.s3Bucket, "Its bucket")->group(group);
    app.add_option("--s3-region", config.s3Region, "Its region")->capture_default_str()->group(group);
    app.add_option("--s3-credentials-file", config.s3CredentialsFile,
           "File with aws_access_key_id and aws_secret_access_key in a section [default]")
        ->group(group);
}

void declareSavesCommand(CLI::App& app, SavesCommand& command) {
    auto* saves = app.add_subcommand("saves", "Check, back up, restore and clean the saves of all players");
    saves->fallthrough();
    saves->require_subcommand(1);
    addAction(*saves, command, "verify", "Read every save back; exit code 1 if one is not good");
    addAction(*saves, command, "gc", "Remove what no save needs any more");
    addAction(*saves, command, "export", "Copy all saves into a folder, or a file that ends in .tar")
        .add_option("path", command.path, "Folder or .tar")
        ->required();
    addAction(*saves, command, "import", "Add the saves of an export; slots that have saves stay as they are")
        .add_option("path", command.path, "Folder or .tar")
        ->required();
}

void understandS3(Config& config) {
    const int given = int(!config.s3Endpoint.empty()) + int(!config.s3Bucket.empty()) +
                      int(!config.s3CredentialsFile.empty());
    if (given != 0 && given != 3)
        throw Failure("config", "The S3 store is named in part only.",
            "Give all of --s3-endpoint, --s3-bucket and --s3-credentials-file, or none to keep saves in the "
            "data folder.");
}

}
