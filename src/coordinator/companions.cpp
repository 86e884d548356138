#include "coordinator/companions.hpp"

#include "base/plain_name.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <set>

namespace cloudretro::coordinator {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t maxListBytes = 256 * 1024; // what is longer is no list
constexpr int deepest = 2;                       // an m3u names cues, which name tracks

std::string lower(std::string_view text) {
    std::string result(text);
    for (auto& c : result) c = char(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const auto first = text.find_first_not_of(blanks);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

void eachLine(std::string_view text, const std::function<void(std::string_view)>& call) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3); // written on Windows
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        call(trim(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

// Separated by blanks; one in quotes may contain some.
std::vector<std::string> wordsOf(std::string_view line) {
    std::vector<std::string> words;
    for (line = trim(line); !line.empty(); line = trim(line)) {
        const bool quoted = line.front() == '"';
        if (quoted) line.remove_prefix(1);
        const auto end = std::min(quoted ? line.find('"') : line.find_first_of(" \t"), line.size());
        words.emplace_back(line.substr(0, end));
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return words;
}

// What one line of a list names; empty: nothing.
std::string fromSheet(std::string_view line) { // cue, toc
    static const std::set<std::string> keywords{"file", "datafile", "audiofile"};
    const auto words = wordsOf(line);
    return words.size() > 1 && keywords.contains(lower(words[0])) ? words[1] : "";
}
std::string fromGdi(std::string_view line) { // number, start, type, sector size, file, offset
    const auto words = wordsOf(line);
    return words.size() >= 6 ? words[4] : "";
}
std::string fromPlaylist(std::string_view line) { return line.starts_with('#') ? "" : std::string(line); }

using Reader = std::string (*)(std::string_view);
const std::map<std::string, Reader> readers{
    {"cue", fromSheet}, {"toc", fromSheet}, {"gdi", fromGdi}, {"m3u", fromPlaylist}};

// What belongs to a file of this kind without being named in it.
const std::map<std::string, std::vector<std::string>> siblings{{"ccd", {"img", "sub"}}, {"cue", {"sbi"}}};

std::optional<std::string> read(const fs::path& file) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (error || size > maxListBytes) return std::nullopt;
    std::ifstream stream(file, std::ios::binary);
    std::string text(size, '\0');
    stream.read(text.data(), std::streamsize(size));
    text.resize(std::size_t(stream.gcount()));
    return text;
}

std::string extensionOf(const fs::path& file) {
    const auto extension = lower(file.extension().string());
    return extension.empty() ? extension : extension.substr(1);
}

void gather(const fs::path& file, int depth, std::vector<fs::path>& into) {
    std::error_code none;
    if (into.size() == maxGameFiles || !fs::is_regular_file(file, none) ||
        std::ranges::find(into, file) != into.end())
        return;
    into.push_back(file);
    const auto extension = extensionOf(file);
    if (const auto more = siblings.find(extension); more != siblings.end())
        for (const auto& ending : more->second)
            gather(fs::path(file).replace_extension(ending), deepest, into);
    if (depth == deepest || !readers.contains(extension)) return;
    for (const auto& name : namesIn(extension, read(file).value_or("")))
        gather(file.parent_path() / name, depth + 1, into);
}

void addOnce(std::vector<std::string>& names, std::string name) {
    if (base::isPlainName(name) && std::ranges::find(names, name) == names.end())
        names.push_back(std::move(name));
}

std::vector<fs::path> everythingIn(const fs::path& dir) {
    std::vector<fs::path> all;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(dir, error))
        if (entry.is_regular_file(error)) all.push_back(entry.path());
    std::ranges::sort(all);
    std::uintmax_t left = maxFirmwareBytes;
    std::erase_if(all, [&](const fs::path& file) {
        const auto size = fs::file_size(file, error);
        if (error || size > left) return true;
        left -= size;
        return false;
    });
    return all;
}

}

std::vector<std::string> namesIn(std::string_view extension, std::string_view text) {
    std::vector<std::string> names;
    const auto reader = readers.find(lower(extension));
    if (reader != readers.end())
        eachLine(text, [&](std::string_view line) { addOnce(names, reader->second(line)); });
    return names;
}

std::vector<std::string> firmwareIn(std::string_view info) {
    std::vector<std::string> names;
    eachLine(info, [&](std::string_view line) {
        const auto equals = std::min(line.find('='), line.size());
        const auto key = trim(line.substr(0, equals));
        if (!key.starts_with("firmware") || !key.ends_with("_path")) return;
        const auto words = wordsOf(line.substr(std::min(equals + 1, line.size())));
        if (!words.empty()) addOnce(names, words[0]);
    });
    return names;
}

std::vector<fs::path> filesOf(const fs::path& game) {
    std::vector<fs::path> files;
    gather(game, 0, files);
    return files;
}

std::vector<fs::path> firmwareOf(const fs::path& systemDir, const fs::path& info) {
    std::vector<fs::path> files;
    std::error_code none;
    if (const auto text = read(info)) {
        for (const auto& name : firmwareIn(*text))
            if (fs::is_regular_file(systemDir / name, none)) files.push_back(systemDir / name);
    } else {
        files = everythingIn(systemDir);
    }
    if (files.size() > maxFirmwareFiles) files.resize(maxFirmwareFiles);
    return files;
}

}
