#include "arena.hpp"

#include <sstream>

namespace demo {
namespace {

constexpr size_t mostPlanets = 12;

std::string trim(std::string_view text) {
    auto first = text.find_first_not_of(" \t\r");
    if (first == text.npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

// For messages: content may be any bytes.
std::string printable(std::string text) {
    for (char& c : text)
        if (c < ' ' || c > '~') c = '?';
    return text.substr(0, 80);
}

bool inRange(auto value, decltype(value) least, decltype(value) most) {
    return value >= least && value <= most;
}

bool atEnd(std::istream& in) { return !in.fail() && (in >> std::ws).eof(); }

bool readColour(std::istream& in, uint32_t& colour) {
    std::string digits;
    in >> digits;
    if (digits.size() != 6 || digits.find_first_not_of("0123456789abcdefABCDEF") != digits.npos) return false;
    colour = uint32_t(std::stoul(digits, nullptr, 16));
    return true;
}

bool readSize(std::istream& in, Arena& arena) {
    char x = 0;
    in >> arena.width >> x >> arena.height;
    return x == 'x' && inRange(arena.width, 256, 640) && inRange(arena.height, 144, 360);
}

bool readFlag(std::istream& in, bool& flag) {
    std::string word;
    in >> word;
    flag = word == "true";
    return flag || word == "false";
}

bool readPlanet(std::istream& in, Arena& arena) {
    Planet planet;
    in >> planet.at.x >> planet.at.y >> planet.radius;
    bool sound = readColour(in, planet.colour);
    in >> planet.pull;
    arena.planets.push_back(planet);
    return sound && inRange(planet.radius, 4.f, 80.f) && inRange(planet.pull, 0.f, 2.f) &&
           arena.planets.size() <= mostPlanets;
}

bool apply(Arena& arena, const std::string& key, const std::string& value) {
    std::istringstream in(value);
    if (key == "name") return arena.name = value.substr(0, 24), !value.empty();
    if (key == "size") return readSize(in, arena) && atEnd(in);
    if (key == "sky") return readColour(in, arena.skyTop) && readColour(in, arena.skyBottom) && atEnd(in);
    if (key == "nebula") return readColour(in, arena.nebula) && atEnd(in);
    if (key == "seconds") return (in >> arena.seconds) && inRange(arena.seconds, 10, 300) && atEnd(in);
    if (key == "stars") return (in >> arena.stars) && inRange(arena.stars, 1, 20) && atEnd(in);
    if (key == "wrap") return readFlag(in, arena.wrap) && atEnd(in);
    if (key == "planet") return readPlanet(in, arena) && atEnd(in);
    return false;
}

bool fits(const Planet& planet, const Arena& arena) {
    return inRange(planet.at.x, 0.f, float(arena.width)) && inRange(planet.at.y, 0.f, float(arena.height));
}

} // namespace

std::optional<Arena> parseArena(std::string_view text, std::string& error) {
    Arena arena;
    int number = 0;
    bool empty = true;
    while (!text.empty()) {
        auto end = text.find('\n');
        auto line = trim(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        ++number;
        if (line.empty() || line[0] == '#') continue;

        auto equals = line.find('=');
        if (equals == line.npos ||
            !apply(arena, trim(line.substr(0, equals)), trim(line.substr(equals + 1)))) {
            error = "Line " + std::to_string(number) + " of this arena makes no sense: " + printable(line);
            return std::nullopt;
        }
        empty = false;
    }
    if (empty) {
        error = "This arena is empty.";
        return std::nullopt;
    }
    for (const Planet& planet : arena.planets)
        if (!fits(planet, arena)) {
            error = "A planet lies outside of this arena.";
            return std::nullopt;
        }
    return arena;
}

} // namespace demo
