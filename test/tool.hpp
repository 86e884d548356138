#pragma once
// A program of the system as a judge: what it says of a text.
#include "base/glib.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace cloudretro::test {

struct Judgement {
    int exitCode = 0;
    std::string out; // bytes
};

inline Judgement judge(std::vector<const char*> program, const std::string& input) {
    program.push_back(nullptr);
    base::Error error;
    const auto flags = G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE;
    const auto process = base::Ref<GSubprocess>::adopt(
        g_subprocess_newv(program.data(), GSubprocessFlags(flags), base::ErrorSlot(error)));
    REQUIRE(process);
    const auto given = base::Ref<GBytes>::adopt(g_bytes_new(input.data(), input.size()));
    GBytes* out = nullptr;
    REQUIRE(g_subprocess_communicate(process.get(), given.get(), nullptr, &out, nullptr, nullptr));
    const auto owned = base::Ref<GBytes>::adopt(out);
    gsize size = 0;
    const auto* bytes = static_cast<const char*>(g_bytes_get_data(out, &size));
    REQUIRE(g_subprocess_get_if_exited(process.get()));
    return {g_subprocess_get_exit_status(process.get()), size ? std::string(bytes, size) : std::string()};
}

}
