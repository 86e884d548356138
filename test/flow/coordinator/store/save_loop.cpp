// Saves without end, into three slots at once, and says each time that one is acknowledged: "<slot>
// <sequence> <number>". usage: save-loop DATA-DIR FIRST-NUMBER
#include "save_loop.hpp"
#include "base/loop.hpp"
#include "coordinator/store/saves.hpp"

#include <unistd.h>

#include <cstdlib>

using namespace cloudretro;
using namespace cloudretro::coordinator::store;

namespace {

struct Endless {
    Saves saves;
    std::int64_t epoch;
    std::uint64_t number;

    void save(int slot) {
        const auto mine = number++;
        SaveWrite write;
        write.key = test::slotOf(slot);
        write.bytes = test::contentOf(mine);
        write.thumbnail = "thumbnail " + std::to_string(mine);
        write.name = std::to_string(mine);
        write.epoch = epoch;
        saves.put(std::move(write), [this, slot, mine](Result<Version> result) {
            if (!result) std::_Exit(2);
            const auto line = std::to_string(slot) + " " + std::to_string(result->sequence) + " " +
                              std::to_string(mine) + "\n";
            if (::write(STDOUT_FILENO, line.data(), line.size()) != ssize_t(line.size())) std::_Exit(3);
            save(slot);
        });
    }
};

}

int main(int, char** argv) {
    base::Loop loop;
    Endless endless{Saves(argv[1]), 0, std::strtoull(argv[2], nullptr, 10)};
    endless.epoch = endless.saves.nextEpoch("nes/flash", "ann");
    for (int slot = 1; slot <= 3; ++slot) endless.save(slot);
    return loop.run();
}
