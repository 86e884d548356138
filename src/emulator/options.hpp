#pragma once
// A core's options: what it declared, in any of libretro's three shapes, and what it is answered.
#include <libretro.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cloudretro::emulator {

// Every declared option has an answer: its default, or the value that overrides it if the core knows that
// value.
class Options {
public:
    explicit Options(const std::vector<std::string>& overrides); // "key=value"

    // Each takes an array that ends with an empty key, and may be called again.
    void declare(const retro_variable* options);               // v0: "Title; default|other|another"
    void declare(const retro_core_option_definition* options); // v1
    void declare(const retro_core_option_v2_definition* options);

    // The answer, valid until the next call that is not const; null for an option never declared.
    const char* get(const char* key) const;

    bool set(
        std::string_view key, std::string_view value); // by the core itself; false: no such option or value
    bool takeChanged();                                // since the last call: true after set()

private:
    struct Option {
        std::vector<std::string> values;
        std::string value;
    };
    void add(std::string key, std::vector<std::string> values, std::string_view byDefault);
    template <class Definition> void declareAll(const Definition* options);

    std::map<std::string, std::string, std::less<>> overrides_;
    std::map<std::string, Option, std::less<>> options_;
    bool changed_ = false;
};

}
