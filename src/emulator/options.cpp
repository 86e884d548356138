#include "emulator/options.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <utility>

namespace cloudretro::emulator {
namespace {

bool has(const std::vector<std::string>& values, std::string_view value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

// "a|b|c", without the spaces around the first.
std::vector<std::string> split(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    std::vector<std::string> values;
    for (;;) {
        const auto bar = text.find('|');
        values.emplace_back(text.substr(0, bar));
        if (bar == text.npos) return values;
        text.remove_prefix(bar + 1);
    }
}

}

Options::Options(const std::vector<std::string>& overrides) {
    for (const std::string& line : overrides) {
        const auto equals = line.find('=');
        if (equals == line.npos)
            base::logWarning("this is not \"key=value\"", line);
        else
            overrides_[line.substr(0, equals)] = line.substr(equals + 1);
    }
}

void Options::declare(const retro_variable* options) {
    for (; options && options->key; ++options) {
        const std::string_view text = options->value ? options->value : "";
        const auto semicolon = text.find(';');
        add(options->key, split(semicolon == text.npos ? text : text.substr(semicolon + 1)), {});
    }
}

void Options::declare(const retro_core_option_definition* options) { declareAll(options); }
void Options::declare(const retro_core_option_v2_definition* options) { declareAll(options); }

template <class Definition> void Options::declareAll(const Definition* options) {
    for (; options && options->key; ++options) {
        std::vector<std::string> values;
        for (const auto& value : options->values) {
            if (!value.value) break;
            values.emplace_back(value.value);
        }
        add(options->key, std::move(values), options->default_value ? options->default_value : "");
    }
}

void Options::add(std::string key, std::vector<std::string> values, std::string_view byDefault) {
    std::string value = has(values, byDefault) ? std::string(byDefault)
                        : values.empty()       ? ""
                                               : values.front();
    if (const auto wish = overrides_.find(key); wish != overrides_.end()) {
        if (has(values, wish->second))
            value = wish->second;
        else
            base::logWarning("the core has no value \"" + wish->second + "\" for this option", key);
    }
    options_[std::move(key)] = {std::move(values), std::move(value)};
}

const char* Options::get(const char* key) const {
    const auto option = key ? options_.find(key) : options_.end();
    return option == options_.end() ? nullptr : option->second.value.c_str();
}

bool Options::set(std::string_view key, std::string_view value) {
    const auto option = options_.find(key);
    if (option == options_.end() || !has(option->second.values, value)) return false;
    option->second.value = value;
    changed_ = true;
    return true;
}

bool Options::takeChanged() { return std::exchange(changed_, false); }

}
