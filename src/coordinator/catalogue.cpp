#include "coordinator/catalogue.hpp"

#include "base/failure.hpp"
#include "base/glib.hpp"
#include "base/toml.hpp"
#include "coordinator/resources.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace cloudretro::coordinator {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    for (auto& c : result) c = g_ascii_tolower(c);
    return result;
}

// Reads one table of the catalogue and names the place when something is wrong.
class Table {
public:
    Table(const toml::table& table, std::string place) : table_(table), place_(std::move(place)) {}

    std::string required(const char* key) const {
        auto text = optional(key);
        if (text.empty()) fail(std::string("needs the text \"") + key + "\"");
        return text;
    }
    std::string optional(const char* key) const { return table_[key].value_or(std::string()); }
    int number(const char* key, int otherwise) const {
        return int(table_[key].value_or(std::int64_t(otherwise)));
    }

    std::vector<std::string> texts(const char* key) const {
        std::vector<std::string> result;
        if (const auto* array = table_[key].as_array())
            for (const auto& item : *array) result.push_back(item.value_or(std::string()));
        return result;
    }

    std::vector<std::string> assignments(const char* key) const {
        std::vector<std::string> result;
        if (const auto* options = table_[key].as_table())
            for (const auto& [name, value] : *options)
                result.push_back(std::string(name.str()) + "=" + value.value_or(std::string()));
        return result;
    }

    std::vector<Table> tables(const char* key) const {
        std::vector<Table> result;
        if (const auto* array = table_[key].as_array())
            for (const auto& item : *array) {
                if (!item.is_table()) fail(std::string("needs [[") + key + "]] to be tables");
                result.emplace_back(*item.as_table(), place_);
            }
        return result;
    }

    [[noreturn]] void fail(const std::string& what) const {
        throw base::Failure("config", "The catalogue " + place_ + " is not valid: an entry " + what + ".",
            "Compare it with cores/catalogue.toml, where the format is explained.");
    }

private:
    const toml::table& table_;
    std::string place_;
};

System readSystem(const Table& table) {
    System system{table.required("id"), table.required("name"), table.optional("short"),
        table.texts("aliases"), table.texts("extensions"), table.number("seats", 2), {}};
    if (system.id.find('/') != std::string::npos) table.fail("has an id with a slash");
    if (system.extensions.empty()) table.fail("has no extensions");
    for (auto& extension : system.extensions) extension = lower(extension);
    for (auto& alias : system.aliases) alias = lower(alias);
    for (const auto& core : table.tables("core"))
        system.cores.push_back(
            {core.required("name"), core.optional("package"), core.assignments("options")});
    if (system.cores.empty()) table.fail("has no core");
    return system;
}

std::string readText(const std::string& path) {
    std::ifstream file(path);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file)
        throw base::Failure(
            "config", "The catalogue " + path + " cannot be read.", "Check its name and permissions.");
    return text;
}

}

int System::rankOf(std::string_view extension) const {
    const auto found = std::find(extensions.begin(), extensions.end(), lower(extension));
    return found == extensions.end() ? -1 : int(found - extensions.begin());
}

void Catalogue::add(std::string_view text, const std::string& origin) {
    const auto root = base::parseToml(text, origin);
    for (const auto& table : Table(root, origin).tables("system")) {
        auto system = readSystem(table);
        const auto same = [&](const System& known) { return known.id == system.id; };
        const auto known = std::find_if(systems_.begin(), systems_.end(), same);
        if (known == systems_.end())
            systems_.push_back(std::move(system));
        else
            *known = std::move(system);
    }
}

const System* Catalogue::byId(std::string_view id) const {
    const auto found =
        std::find_if(systems_.begin(), systems_.end(), [&](const System& s) { return s.id == id; });
    return found == systems_.end() ? nullptr : &*found;
}

const System* Catalogue::byFolder(std::string_view folder) const {
    const auto name = lower(folder);
    if (const auto* system = byId(name)) return system;
    const auto called = [&](const System& s) {
        return std::find(s.aliases.begin(), s.aliases.end(), name) != s.aliases.end();
    };
    const auto found = std::find_if(systems_.begin(), systems_.end(), called);
    return found == systems_.end() ? nullptr : &*found;
}

Catalogue readCatalogue(const std::vector<std::string>& more) {
    Catalogue catalogue;
    catalogue.add(builtInText("/cloudretro/catalogue.toml"), "in the binary");
    for (const auto& path : more) catalogue.add(readText(path), path);
    return catalogue;
}

}
