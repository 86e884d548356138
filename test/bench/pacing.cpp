// How steadily an emulator's frames come while automatic snapshots are taken, and while they are not: one
// process, in turns of five seconds. Off: it believes that no slot is free. Prints one line of JSON.
// usage: pacing CORE GAME [SECONDS]   GAME: a file; "stub.nds": the smallest program of that console
#include "../flow/emulator/emulator_process.hpp"
#include "../flow/emulator/games.hpp"
#include "../flow/emulator/stub_roms.hpp"
#include "emulator/control.hpp"
#include "emulator/emulator.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

using namespace cloudretro;
using base::Json;

namespace {

constexpr std::int64_t turn = 5'000'000'000;

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    return values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
}

Json summary(const std::vector<double>& values) {
    const auto at = [&](double share) { return std::round(1000 * percentile(values, share)) / 1000; };
    return {{"p50", at(0.5)}, {"p99", at(0.99)}, {"p999", at(0.999)}, {"max", at(1)}};
}

// Of the frames of all turns of one kind.
struct Frames {
    std::vector<double> off; // ms by which an interval differs from what it should be
    int late = 0;            // came half an interval after their time, or later
    int skipped = 0;         // intervals that the emulator gave up: it was too far behind

    Json json() const {
        return {
            {"frames", off.size()}, {"intervalErrorMs", summary(off)}, {"late", late}, {"skipped", skipped}};
    }
};

class Measurement {
public:
    Measurement(const protocol::Load& load, std::int64_t seconds)
        : emulator_(load),
          turns_(seconds * 1'000'000'000 / turn) {
        emulator_.awaitFrames(180); // it starts, and its first snapshots touch fresh memory
        emulator_.kept.clear();
    }

    Json run() {
        for (std::int64_t i = 0; i < turns_; ++i) take(i % 2 ? on_ : off_, i % 2);
        const auto& loaded = *emulator_.loaded;
        return {{"core", loaded.coreName + " " + loaded.coreVersion}, {"fps", loaded.fps},
            {"stateBytes", bytes_}, {"off", off_.json()}, {"on", on_.json()}, {"snapshots", cost_.size()},
            {"snapshotMs", summary(cost_)}};
    }

private:
    // A snapshot is handed over right after its frame, once it is taken.
    void take(Frames& into, bool snapshots) {
        auto& shared = emulator_.shared();
        shared.keptTaken = shared.kept + (snapshots ? 0 : 1); // more than there are: no slot is free
        const auto first = emulator_.frames.size();
        const auto end = emulator::now() + turn;
        emulator_.await([&] {
            for (const auto& keepsake : emulator_.kept) note(keepsake.header);
            emulator_.kept.clear();
            return emulator::now() >= end;
        });
        count(into, first);
    }

    void note(const ipc::KeptHeader& header) {
        if (header.kind != ipc::Kept::State) return;
        const auto& frames = emulator_.frames;
        const auto of =
            std::ranges::find(frames.rbegin(), frames.rend(), header.frame, &ipc::FrameHeader::sequence);
        if (of == frames.rend()) return;
        bytes_ = header.bytes;
        cost_.push_back(
            double(emulator::now() - emulator_.arrivals[std::size_t(frames.rend() - of) - 1]) / 1e6);
    }

    void count(Frames& into, std::size_t first) const {
        const double interval = 1e9 / emulator_.loaded->fps;
        for (auto i = first + 1; i < emulator_.frames.size(); ++i) {
            const auto &frame = emulator_.frames[i], &before = emulator_.frames[i - 1];
            const auto due = double(frame.timestamp - before.timestamp);
            into.off.push_back(
                std::abs(double(emulator_.arrivals[i] - emulator_.arrivals[i - 1]) - interval) / 1e6);
            into.late += double(emulator_.arrivals[i] - frame.timestamp) >= interval / 2;
            into.skipped += due > double(frame.sequence - before.sequence) * interval + 2;
        }
    }

    test::EmulatorProcess emulator_;
    const std::int64_t turns_;
    Frames off_, on_;
    std::vector<double> cost_;
    std::size_t bytes_ = 0;
};

protocol::Load gameFor(const std::string& core, const std::string& game) {
    if (game == "stub.nds") return test::stubRom(core, game, test::nintendoDsStub());
    if (game == "stub.sfc") return test::stubRom(core, game, test::superNesStub());
    auto load = test::testRom("counter.nes"); // for its folders
    load.core = test::installedCore(core);
    load.file = game;
    return load;
}

}

int main(int count, char** arguments) try {
    if (count > 1 && !std::strcmp(arguments[1], "--role=emulator")) return emulator::run();
    if (count < 3) return std::fputs("usage: pacing CORE GAME [SECONDS]\n", stderr), 64;
    const auto seconds = count > 3 ? std::atoi(arguments[3]) : 60;
    std::puts(Measurement(gameFor(arguments[1], arguments[2]), seconds).run().dump().c_str());
} catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
}
