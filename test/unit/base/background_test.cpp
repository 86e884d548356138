#include "base/background.hpp"
#include "base/loop.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <thread>

using namespace cloudretro::base;

TEST_CASE("work is done on another thread, and its result comes back to the loop's") {
    Loop loop;
    const auto here = std::this_thread::get_id();
    std::thread::id there;
    std::string result;
    inBackground(
        [&] {
            there = std::this_thread::get_id();
            return std::string("done");
        },
        [&](std::string text) {
            CHECK(std::this_thread::get_id() == here);
            result = std::move(text);
            loop.quit();
        });
    CHECK(result.empty());
    const auto watchdog = Loop::after(std::chrono::seconds(30), [&] { loop.quit(); });
    loop.run();
    CHECK(result == "done");
    CHECK(there != here);
}
