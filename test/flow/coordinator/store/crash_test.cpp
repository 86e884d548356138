// A process that saves is killed again and again: what it acknowledged is there.
#include "await.hpp"
#include "base/fd.hpp"
#include "base/glib.hpp"
#include "coordinator/store/maintenance.hpp"
#include "save_loop.hpp"
#include "stores.hpp"

#include <gio/gunixinputstream.h>

#include <poll.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <random>
#include <sstream>

using namespace cloudretro;
using namespace cloudretro::coordinator::store;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using test::await;

namespace {

struct Acknowledged {
    int slot = 0;
    std::int64_t sequence = 0;
    std::uint64_t number = 0;
};

// Runs save-loop and kills it: after a random while from its first acknowledgement, or from its start.
class Victim {
public:
    Victim(const std::filesystem::path& dir, std::uint64_t firstNumber) {
        const auto program =
            std::string(std::getenv("CLOUDRETRO_TEST_BUILD")) + "/test/flow/coordinator/store/save-loop";
        base::Error error;
        process_ = base::Ref<GSubprocess>::adopt(
            g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE, base::ErrorSlot(error), program.c_str(),
                dir.c_str(), std::to_string(firstNumber).c_str(), nullptr));
        REQUIRE(process_);
        out_ = g_unix_input_stream_get_fd(G_UNIX_INPUT_STREAM(g_subprocess_get_stdout_pipe(process_.get())));
    }

    // All that it acknowledged. `atStart`: without waiting for the first.
    std::vector<Acknowledged> killAfter(std::chrono::milliseconds while_, bool atStart) {
        if (!atStart) read(30s, true);
        read(while_, false);
        g_subprocess_send_signal(process_.get(), SIGKILL);
        while (readOnce()) {}
        g_subprocess_wait(process_.get(), nullptr, nullptr);
        CHECK(g_subprocess_get_if_signaled(process_.get())); // it did not end by itself
        return parsed();
    }

private:
    bool readOnce() {
        char bytes[4096];
        const auto got = ::read(out_, bytes, sizeof bytes);
        if (got > 0) text_.append(bytes, std::size_t(got));
        return got > 0;
    }
    void read(std::chrono::milliseconds most, bool untilFirst) {
        const auto end = Clock::now() + most;
        while (!(untilFirst && text_.find('\n') != text_.npos)) {
            const auto left =
                std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
            pollfd wait{out_, POLLIN, 0};
            if (left <= 0 || ::poll(&wait, 1, int(left)) <= 0 || !readOnce()) return;
        }
    }
    std::vector<Acknowledged> parsed() const {
        std::vector<Acknowledged> all;
        std::istringstream lines(text_.substr(0, text_.rfind('\n') + 1));
        for (Acknowledged one; lines >> one.slot >> one.sequence >> one.number;) all.push_back(one);
        return all;
    }

    base::Ref<GSubprocess> process_;
    int out_ = -1; // the process object's
    std::string text_;
};

bool readsBack(Saves& saves, const Version& version) {
    auto bytes = await<Bytes>([&](auto done) { saves.get(version, done); });
    auto picture = await<Bytes>([&](auto done) { saves.thumbnail(version, done); });
    return bytes && picture && **bytes == test::contentOf(std::strtoull(version.name.c_str(), nullptr, 10)) &&
           **picture == "thumbnail " + version.name;
}

// Each is there with its own bytes, but for those that ten newer ones in the slot have pushed out.
void checkKept(Saves& saves, const std::vector<Acknowledged>& acknowledged) {
    for (const auto& [slot, sequence, number] : acknowledged) {
        const auto newest = saves.latest(test::slotOf(slot));
        REQUIRE(newest);
        REQUIRE(newest->sequence >= sequence);
        if (newest->sequence - sequence >= 10) continue;
        const auto version = saves.find(test::slotOf(slot), sequence);
        REQUIRE(version);
        REQUIRE(version->name == std::to_string(number));
        REQUIRE(readsBack(saves, *version));
    }
}

void checkAll(Saves& saves) {
    const auto result = verify(saves, [](const std::string& fault) { FAIL_CHECK(fault); });
    REQUIRE(result.bad == 0);
    for (const auto& version : saves.index().all()) REQUIRE(readsBack(saves, version));
}

}

TEST_CASE("whenever a process that saves is killed, every acknowledged save reads back") {
    const test::TempDir dir;
    std::mt19937 random(std::random_device{}());
    const auto end = Clock::now() + 70s;
    std::size_t kills = 0, saved = 0;
    for (std::uint64_t number = 1; kills < 400 && Clock::now() < end; number += 1'000'000, ++kills) {
        const bool atStart = kills % 8 == 0; // also while it opens the database, or makes it
        Victim victim(dir.path, number);
        const auto acknowledged = victim.killAfter(std::chrono::milliseconds(random() % 100), atStart);
        saved += acknowledged.size();
        Saves saves(dir.path);
        checkKept(saves, acknowledged);
        if (kills % 40 == 0) checkAll(saves);
    }
    Saves saves(dir.path);
    checkAll(saves);
    CHECK(kills >= 20); // far more but on the busiest of machines
    CHECK(saved >= kills);
    std::cout << kills << " kills, " << saved << " acknowledged saves\n";

    // A room of an early run that wakes only now.
    SaveWrite late;
    late.key = test::slotOf(1);
    late.bytes = "late";
    late.epoch = 1;
    const auto before = saves.index().all().size();
    const auto current = saves.latest(late.key)->sequence;
    CHECK(await<Version>([&](auto done) { saves.put(late, done); }).trouble().code == "stale");
    CHECK(saves.latest(late.key)->sequence == current);
    CHECK(saves.index().all().size() == before);
    collectGarbage(saves);
    checkAll(saves);
}
