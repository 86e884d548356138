#include "base/toml.hpp"

#include "base/failure.hpp"

#include <fstream>
#include <iterator>

namespace cloudretro::base {

toml::table readToml(const std::string& path) {
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file)
        throw Failure(
            "config", "The file " + path + " cannot be read.", "Check its name and its permissions.");
    return parseToml(text, path);
}

toml::table parseToml(std::string_view text, const std::string& origin) {
    try {
        return toml::parse(text, origin);
    } catch (const toml::parse_error& error) {
        throw Failure("config",
            origin + " is not valid TOML in line " + std::to_string(error.source().begin.line) + ": " +
                std::string(error.description()) + ".",
            "Correct that line.");
    }
}

}
