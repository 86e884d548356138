#include "coordinator/metrics.hpp"

#include <charconv>
#include <functional>

namespace cloudretro::coordinator {
namespace {

using Labels = std::vector<std::pair<const char*, std::string>>;

std::string escaped(const std::string& value) {
    std::string result;
    for (const char c : value) {
        if (c == '\\' || c == '"') result += '\\';
        if (c == '\n')
            result += "\\n";
        else
            result += c;
    }
    return result;
}

// The shortest text that means this number, whatever the locale.
std::string textOf(double number) {
    std::array<char, 32> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return {digits.data(), end};
}

class Text {
public:
    // Begins a family of samples; `name` goes without the prefix.
    void family(const char* name, const char* type, const char* help) {
        name_ = std::string("cloudretro_") + name;
        text_ += "# HELP " + name_ + " " + help + "\n# TYPE " + name_ + " " + type + "\n";
    }
    void sample(double value, const Labels& labels = {}, const char* suffix = "") {
        std::string list;
        for (const auto& [label, content] : labels)
            list += (list.empty() ? "" : ",") + std::string(label) + "=\"" + escaped(content) + "\"";
        text_ += name_ + suffix + (list.empty() ? "" : "{" + list + "}") + " " + textOf(value) + "\n";
    }
    void gauge(const char* name, const char* help, double value) {
        family(name, "gauge", help);
        sample(value);
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_, name_;
};

// Two machines may have the same name: series may not.
std::vector<Labels> labelsOf(const std::vector<Metrics::Worker>& workers) {
    std::map<std::string, int> seen;
    std::vector<Labels> labels;
    for (const auto& worker : workers) {
        const auto count = ++seen[worker.name];
        const auto name = count == 1 ? worker.name : worker.name + "#" + std::to_string(count);
        labels.push_back({{"worker", name}, {"region", worker.region}});
    }
    return labels;
}

void addWorkers(Text& text, const std::vector<Metrics::Worker>& workers) {
    using Worker = Metrics::Worker;
    struct Family {
        const char *name, *help;
        std::function<double(const Worker&)> value;
    };
    static const std::vector<Family> families{
        {"worker_cpu_ratio", "CPU use of the worker's machine, 0 to 1.",
            [](const Worker& w) { return w.cpu; }},
        {"worker_memory_bytes", "Memory that the worker and its rooms use.",
            [](const Worker& w) { return w.memoryMiB * 1048576.0; }},
        {"worker_rooms", "Games that run on the worker.", [](const Worker& w) { return w.rooms; }},
        {"worker_capacity_rooms", "Further games that the worker can take.",
            [](const Worker& w) { return w.capacity; }},
        {"worker_draining", "1: the worker takes no new games.",
            [](const Worker& w) { return w.draining ? 1 : 0; }},
    };
    const auto labels = labelsOf(workers);
    for (const auto& family : families) {
        text.family(family.name, "gauge", family.help);
        for (std::size_t i = 0; i < workers.size(); ++i) text.sample(family.value(workers[i]), labels[i]);
    }
    text.family("worker_round_trip_seconds", "gauge", "Round trip between coordinator and worker.");
    for (std::size_t i = 0; i < workers.size(); ++i)
        if (workers[i].roundTrip >= 0) text.sample(workers[i].roundTrip / 1000, labels[i]);
}

void addRooms(Text& text, const std::vector<Metrics::Room>& rooms) {
    const auto add = [&](const char* name, const char* help, auto value) {
        text.family(name, "gauge", help);
        for (const auto& room : rooms)
            text.sample(room.*value / 1000, {{"room", std::to_string(room.number)}, {"system", room.system}});
    };
    add("room_input_to_picture_median_seconds", "Median of a room's last minute.", &Metrics::Room::latency);
    add("room_input_to_picture_slow_seconds", "What one in twenty inputs of a room's last minute exceeds.",
        &Metrics::Room::slowLatency);
}

void addHistogram(Text& text, const char* name, const char* help, const Histogram& histogram) {
    text.family(name, "histogram", help);
    for (std::size_t i = 0; i < histogram.bounds.size(); ++i)
        text.sample(double(histogram.within[i]), {{"le", textOf(histogram.bounds[i])}}, "_bucket");
    text.sample(double(histogram.count), {{"le", "+Inf"}}, "_bucket");
    text.sample(histogram.sum, {}, "_sum");
    text.sample(double(histogram.count), {}, "_count");
}

}

void Histogram::add(double seconds) {
    for (std::size_t i = 0; i < bounds.size(); ++i) within[i] += seconds <= bounds[i];
    ++count;
    sum += seconds;
}

std::string prometheusText(const Metrics& metrics) {
    Text text;
    text.family("build_info", "gauge", "Always 1; the label is what matters.");
    text.sample(1, {{"version", metrics.version}});
    text.gauge("workers", "Workers that are connected.", double(metrics.workers.size()));
    addWorkers(text, metrics.workers);
    text.family("rooms", "gauge", "Rooms by the system of their game.");
    for (const auto& [system, count] : metrics.roomsBySystem) text.sample(count, {{"system", system}});
    text.gauge("players", "People who hold a seat.", metrics.players);
    text.gauge("observers", "People who watch a game.", metrics.observers);
    text.gauge("browsers", "Browsers that are connected.", metrics.browsers);
    text.gauge("games", "Games in the library.", metrics.games);
    text.family("failures_total", "counter", "Failures that players were told of, by code.");
    for (const auto& [code, count] : metrics.failures) text.sample(double(count), {{"code", code}});
    addHistogram(text, "game_start_seconds", "From the order of a game to its first frame.", metrics.starts);
    addHistogram(text, "input_to_picture_seconds", "From a player's input to the picture that it changed.",
        metrics.inputs);
    text.family("input_part_seconds_total", "counter", "Where the time of input_to_picture_seconds went.");
    for (std::size_t i = 0; i < metrics.inputParts.size(); ++i)
        text.sample(metrics.inputParts[i], {{"part", protocol::InputLatency::parts[i]}});
    addRooms(text, metrics.rooms);
    return text.take();
}

}
