#include "card.hpp"

#include <charconv>
#include <cstdlib>
#include <functional>
#include <map>

namespace testcard {
namespace {

using Setter = std::function<bool(Card&, const std::string&)>;

Setter number(unsigned Card::*member) {
    return [member](Card& card, const std::string& text) {
        const char* end = text.data() + text.size();
        auto [rest, fault] = std::from_chars(text.data(), end, card.*member);
        return fault == std::errc() && rest == end;
    };
}

Setter real(double Card::*member) {
    return [member](Card& card, const std::string& text) {
        char* rest;
        card.*member = std::strtod(text.c_str(), &rest);
        return !text.empty() && !*rest;
    };
}

Setter flag(bool Card::*member) {
    return [member](Card& card, const std::string& text) {
        card.*member = text == "true";
        return text == "true" || text == "false";
    };
}

Setter word(std::string Card::*member) {
    return [member](Card& card, const std::string& text) {
        card.*member = text;
        return true;
    };
}

const std::map<std::string, Setter> keys = {
    {"format", word(&Card::format)},
    {"width", number(&Card::width)},
    {"height", number(&Card::height)},
    {"padding", number(&Card::padding)},
    {"rotation", number(&Card::rotation)},
    {"aspect", real(&Card::aspect)},
    {"video", flag(&Card::video)},
    {"duplicate", number(&Card::duplicate)},
    {"lag", number(&Card::lag)},
    {"fps", real(&Card::fps)},
    {"slow", number(&Card::slow)},
    {"rate", number(&Card::rate)},
    {"audio", word(&Card::audio)},
    {"tone", real(&Card::tone)},
    {"always", flag(&Card::always)},
    {"restless", flag(&Card::restless)},
    {"geometryAfter", number(&Card::geometryAfter)},
    {"avAfter", number(&Card::avAfter)},
    {"newWidth", number(&Card::newWidth)},
    {"newHeight", number(&Card::newHeight)},
    {"newFps", real(&Card::newFps)},
    {"newRate", number(&Card::newRate)},
    {"options", word(&Card::options)},
    {"directories", flag(&Card::directories)},
    {"bios", word(&Card::bios)},
    {"sram", number(&Card::sram)},
    {"states", flag(&Card::states)},
    {"crashAfter", number(&Card::crashAfter)},
    {"hangAfter", number(&Card::hangAfter)},
    {"shutdownAfter", number(&Card::shutdownAfter)},
    {"selectCrashes", flag(&Card::selectCrashes)},
    {"selectHangs", flag(&Card::selectHangs)},
    {"deed", word(&Card::deed)},
    {"atLoad", flag(&Card::atLoad)},
    {"loads", flag(&Card::loads)},
    {"message", word(&Card::message)},
};

std::string_view trim(std::string_view text) {
    constexpr auto blank = " \t\r";
    auto first = text.find_first_not_of(blank);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

bool apply(Card& card, std::string_view line) {
    auto equals = line.find('=');
    if (equals == line.npos) return false;
    auto key = keys.find(std::string(trim(line.substr(0, equals))));
    return key != keys.end() && key->second(card, std::string(trim(line.substr(equals + 1))));
}

} // namespace

std::optional<Card> parse(std::string_view text, std::string& error) {
    Card card;
    while (!text.empty()) {
        auto end = text.find('\n');
        auto line = trim(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        line = trim(line.substr(0, line.find('#')));
        if (line.empty() || apply(card, line)) continue;
        error = "This card has a line that makes no sense: " + std::string(line);
        return std::nullopt;
    }
    return card;
}

} // namespace testcard
